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
mail-changed-subject = Vaše geslo v organizaciji { $tenant } je bilo spremenjeno
mail-changed-body = Geslo vašega računa { $account } v organizaciji { $tenant } je bilo spremenjeno z dotedanjim geslom. Datum in ura: { $time }.
mail-unlocked-subject = Vaš račun v organizaciji { $tenant } je bil odklenjen
mail-unlocked-body = Vaš račun { $account } v organizaciji { $tenant } je bil odklenjen. Datum in ura: { $time }. Geslo se ni spremenilo.
mail-user-name-subject = Vaše uporabniško ime v organizaciji { $tenant }
mail-user-name-body =
    Nekdo je vprašal za uporabniško ime, ki v organizaciji { $tenant } pripada temu naslovu. To je:

    { $names }
mail-user-name-not-you = Če to niste bili vi, vam ni treba storiti ničesar. Če ste v dvomih, se obrnite na službo za pomoč uporabnikom: { $helpdesk }
mail-methods-subject = Načini potrjevanja v organizaciji { $tenant } so bili spremenjeni
mail-authenticator-added-body = Vašemu računu { $account } v organizaciji { $tenant } je bila dodana aplikacija za preverjanje pristnosti. Datum in čas: { $time }. Z njenimi kodami je mogoče ponastaviti vaše geslo.
mail-authenticator-removed-body = Iz vašega računa { $account } v organizaciji { $tenant } je bila odstranjena aplikacija za preverjanje pristnosti. Datum in čas: { $time }. Njene kode ne veljajo več.
mail-passkey-added-body = Vašemu računu { $account } v organizaciji { $tenant } je bil dodan ključ za dostop. Datum in čas: { $time }. Z njim je mogoče ponastaviti vaše geslo.
mail-passkey-removed-body = Iz vašega računa { $account } v organizaciji { $tenant } je bil odstranjen ključ za dostop. Datum in čas: { $time }. Ne deluje več.
mail-recovery-added-body = Za vaš račun { $account } v organizaciji { $tenant } so bile ustvarjene nove obnovitvene kode. Datum in čas: { $time }. Prejšnje kode ne veljajo več.
mail-recovery-removed-body = Obnovitvene kode vašega računa { $account } v organizaciji { $tenant } so bile odstranjene. Datum in čas: { $time }. Ne veljajo več.
mail-methods-not-you = Če tega niste storili vi, nekdo pozna vaše geslo. Spremenite ga in to takoj sporočite službi za pomoč uporabnikom: { $helpdesk }
