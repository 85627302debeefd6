Egenskap: Gyldig fravær beholder stønaden så langt dagene rekker

  Scenario: Egenmelding er tre kalenderdager (integreringsforskriften § 8)
    Gitt et program fra 12. januar 2026
    Når deltakeren er syk fra 4. mai 2026 til 8. mai 2026
    Så kan egenmelding brukes
    Og det må være legeerklæring fra 7. mai 2026

  Scenario: Egenmelding kan ikke brukes de første åtte ukene (integreringsforskriften § 8)
    Gitt et program fra 12. januar 2026
    Når deltakeren er syk fra 8. mars 2026 til 8. mars 2026
    Så kan egenmelding ikke brukes

  Scenario: Nytt fravær innen seksten dager regnes sammen med det forrige (integreringsforskriften § 8)
    Gitt et program fra 12. januar 2026
    Og egenmelding fra 4. mai 2026 til 6. mai 2026
    Når deltakeren er syk fra 20. mai 2026 til 20. mai 2026
    Så kan egenmelding ikke brukes

  Scenario: Over ti virkedager legges til programmet, og det er usikkert hvor mange (integreringsforskriften §§ 10 og 19)
    Gitt 6 virkedager SYK_EGEN_LEGE og 5 virkedager VELFERD
    Når tillegget regnes ut 20. november 2026
    Så blir programmet 11 virkedager lengre
    Og «added_time_mode» er usikkert

  Scenario: Ferie og fravær uten gyldig grunn legger ikke noe til (integreringsforskriften §§ 10 og 19)
    Gitt 25 virkedager FERIE og 9 virkedager ULEGITIMERT
    Når tillegget regnes ut 20. november 2026
    Så blir programmet 0 virkedager lengre
