Egenskap: Introduksjonsstønaden kan etterprøves
  Hver deltaker og hver kommune skal kunne regne etter, linje for linje.

  Scenario: Fravær uten gyldig grunn trekkes dag for dag og time for time (integreringsloven § 21)
    Gitt en deltaker født 2. april 1990 med tillatelse fra 1. mars 2025
    Og et program som begynner 12. januar 2026
    Og 2 dager og 3,5 timer fravær uten gyldig grunn
    Når stønaden for november 2026 regnes ut
    Så er stønaden før trekk 22 758,17 kr
    Og trekket for fravær er 2 033,88 kr
    Og til utbetaling er 20 724,29 kr
    Og trekket må ikke være et vedtak
    Og ingenting er usikkert

  Scenario: Et stort trekk er et vedtak som kan påklages (integreringsloven § 46)
    Gitt en deltaker født 2. april 1990 med tillatelse fra 1. mars 2025
    Og et program som begynner 12. januar 2026
    Og 15 dager og 0 timer fravær uten gyldig grunn
    Når stønaden for november 2026 regnes ut
    Så må trekket være et vedtak

  Scenario: Ny sats fra dagen deltakeren fyller 25 år (integreringsloven § 20)
    Gitt en deltaker født 16. november 2001 med tillatelse fra 1. mars 2025
    Og et program som begynner 12. januar 2026
    Når stønaden for november 2026 regnes ut
    Så er stønaden før trekk 18 965,14 kr
    Og «birthday_inside_month» er usikkert

  Scenario: Den som hører under introduksjonsloven, får to tredeler også hjemme hos foreldrene (introduksjonsloven § 8)
    Gitt en deltaker født 1. januar 1997 med tillatelse fra 1. mars 2018
    Og et program som begynner 1. juni 2018
    Og deltakeren bor hos foreldrene
    Når stønaden for juni 2019 regnes ut
    Så følger saken introduksjonsloven
    Og til utbetaling er 11 095,33 kr

  Scenario: En ytelse som er større enn stønaden, tar ikke mer enn det som er der (integreringsloven § 22)
    Gitt en deltaker født 2. april 1990 med tillatelse fra 1. mars 2025
    Og et program som begynner 12. januar 2026
    Og sykepenger på 30 000,00 kr i måneden
    Når stønaden for november 2026 regnes ut
    Så er til utbetaling 0,00 kr
    Og 7 241,83 kr blir ikke trukket
