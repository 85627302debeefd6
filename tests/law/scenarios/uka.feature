Egenskap: Programmet er på full tid
  Tilsynene fant programmer som fulgte skoleruten. Uka skal kunne etterregnes av den som legger den.

  Scenario: En skoletime i norsk teller 75 minutter (introduksjonsloven § 4)
    Gitt en uke med 18 skoletimer og 0 andre timer
    Når uka holdes mot full tid 20. november 2026
    Så teller uka 22,5 timer
    Og det mangler 15 timer

  Scenario: Skole og praksis til sammen er full tid (integreringsloven §§ 13–14)
    Gitt en uke med 18 skoletimer og 15 andre timer
    Når uka holdes mot full tid 20. november 2026
    Så er uka full

  Scenario: Senteret gir 26 timer, og resten må fylles av andre (integreringsloven §§ 13–14)
    Gitt en uke med 0 skoletimer og 26 andre timer
    Når uka holdes mot full tid 20. november 2026
    Så mangler det 11,5 timer

  Scenario: Tre programdager i en uke med helligdager (integreringsloven §§ 13–14)
    Gitt en uke med 0 skoletimer og 22,5 andre timer
    Når de 3 programdagene holdes mot full tid 15. mai 2026
    Så er uka full
    Og «week_with_days_off» er usikkert
