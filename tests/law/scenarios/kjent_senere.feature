Egenskap: Reglene huskes slik de var kjent
  Grunnbeløpet fastsettes i mai og gjelder fra 1. mai. En kjøring midt i mai var riktig da den ble gjort.

  Scenario: G er ikke kjent midt i mai (folketrygdloven § 1-4)
    Gitt en deltaker født 2. april 1990 med tillatelse fra 1. mars 2025
    Og et program som begynner 12. januar 2026
    Når stønaden for mai 2026 regnes ut slik reglene var kjent 15. mai 2026
    Så er til utbetaling 21 693,33 kr
    Og «basic_amount_not_set» er usikkert

  Scenario: Forskjellen kommer på en liste når G er kjent (folketrygdloven § 1-4)
    Gitt en deltaker født 2. april 1990 med tillatelse fra 1. mars 2025
    Og et program som begynner 12. januar 2026
    Når stønaden for mai 2026 regnes om fra 15. mai 2026 til 15. juni 2026
    Så er forskjellen 1 064,84 kr
    Og grunnen er «basic_amount»
