Egenskap: Programmets lengde og frister følger loven som gjelder for saken

  Scenario: Fullført videregående gir fire år og en forlengelse som skal gis (integreringsloven § 14)
    Gitt en deltaker født 1. mai 2003 med tillatelse fra 3. november 2025
    Og tilbud om oppstart 2. februar 2026
    Og utdanningen er below_upper_secondary og sluttmålet upper_secondary
    Når lengden avgjøres
    Så varer programmet i 48 måneder til 1. februar 2030
    Og forlengelsen er «must» på 12 måneder
    Og kommunen må bruke skjønn om «extension_if_it_helps»

  Scenario: Arbeid som mål for den som er under 25 år, er skjønn (integreringsloven § 14)
    Gitt en deltaker født 1. mai 2003 med tillatelse fra 3. november 2025
    Og tilbud om oppstart 2. februar 2026
    Og utdanningen er below_upper_secondary og sluttmålet work
    Når lengden avgjøres
    Så varer programmet i 24 måneder til 1. februar 2028
    Og kommunen må bruke skjønn om «under_25_goal»

  Scenario: Den gamle loven følger med den gamle saken (introduksjonsloven § 5)
    Gitt en deltaker født 1. januar 1990 med tillatelse fra 3. november 2019
    Og tilbud om oppstart 2. februar 2020
    Og utdanningen er below_upper_secondary og sluttmålet work
    Når lengden avgjøres
    Så varer programmet i 24 måneder til 1. februar 2022
    Og forlengelsen er «may» på 12 måneder
