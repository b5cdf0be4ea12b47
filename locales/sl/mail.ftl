# The mails. Plain text; no isolation marks.

mail-code-subject = { $code } je vaša koda za organizacijo { $tenant }
mail-code-body = { $minutes ->
    [one]
        Vaša koda za ponastavitev gesla v organizaciji { $tenant }:

        { $code }

        Velja { $minutes } minuto in jo lahko uporabite samo enkrat.
    [two]
        Vaša koda za ponastavitev gesla v organizaciji { $tenant }:

        { $code }

        Velja { $minutes } minuti in jo lahko uporabite samo enkrat.
    [few]
        Vaša koda za ponastavitev gesla v organizaciji { $tenant }:

        { $code }

        Velja { $minutes } minute in jo lahko uporabite samo enkrat.
   *[other]
        Vaša koda za ponastavitev gesla v organizaciji { $tenant }:

        { $code }

        Velja { $minutes } minut in jo lahko uporabite samo enkrat.
  }
mail-code-not-you = Če kode niste zahtevali, je morda nekdo pomotoma vnesel vaše uporabniško ime. Vaše geslo se ni spremenilo. Kode ne povejte nikomur, niti službi za pomoč uporabnikom.
mail-done-subject = Vaše geslo v organizaciji { $tenant } je bilo ponastavljeno
mail-done-body = Geslo vašega računa { $account } v organizaciji { $tenant } je bilo ponastavljeno. Datum in ura: { $time }.
mail-done-not-you = Če tega niste storili vi, to takoj sporočite službi za pomoč uporabnikom: { $helpdesk }
