# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } je vaša koda za organizacijo { $tenant }
mail-code-title = Vaša koda
mail-code-lead = Za ponastavitev gesla v organizaciji { $tenant } vnesite to kodo:
mail-code-lead-unlock = Za odklep računa v organizaciji { $tenant } vnesite to kodo:
mail-code-lead-methods = Če želite v organizaciji { $tenant } potrditi, da ste to vi, vnesite to kodo:
mail-code-valid = { $minutes ->
    [one] Velja { $minutes } minuto in jo lahko uporabite samo enkrat.
    [two] Velja { $minutes } minuti in jo lahko uporabite samo enkrat.
    [few] Velja { $minutes } minute in jo lahko uporabite samo enkrat.
   *[other] Velja { $minutes } minut in jo lahko uporabite samo enkrat.
  }
mail-code-keep = Vnesite jo samo na strani, na kateri ste jo zahtevali. Ne povejte je nikomur, niti službi za pomoč uporabnikom.
mail-code-not-you = Če kode niste zahtevali, je morda nekdo pomotoma vnesel vaše uporabniško ime. Vaše geslo se ni spremenilo. Če se to ponovi, obvestite službo za pomoč uporabnikom: { $helpdesk }

mail-done-subject = Vaše geslo v organizaciji { $tenant } je bilo ponastavljeno
mail-done-title = Vaše geslo je bilo ponastavljeno
mail-done-lead = Geslo vašega računa { $account } v organizaciji { $tenant } je bilo ponastavljeno.
mail-done-was-you = Če ste to storili vi, vam ni treba ukreniti ničesar.
mail-done-not-you = Če tega niste storili vi, takoj obvestite službo za pomoč uporabnikom: { $helpdesk }

mail-changed-subject = Vaše geslo v organizaciji { $tenant } je bilo spremenjeno
mail-changed-title = Vaše geslo je bilo spremenjeno
mail-changed-lead = Geslo vašega računa { $account } v organizaciji { $tenant } je bilo spremenjeno z uporabo starega gesla.

mail-unlocked-subject = Vaš račun v organizaciji { $tenant } je bil odklenjen
mail-unlocked-title = Vaš račun je bil odklenjen
mail-unlocked-lead = Vaš račun { $account } v organizaciji { $tenant } je bil odklenjen. Geslo se ni spremenilo.

mail-user-name-subject = Vaše uporabniško ime v organizaciji { $tenant }
mail-user-name-title = Vaše uporabniško ime
# One or more user names follow.
mail-user-name-lead = Nekdo je zahteval uporabniško ime, ki v organizaciji { $tenant } pripada temu e-poštnemu naslovu:
mail-user-name-not-you = Če tega niste zahtevali vi, vam ni treba ukreniti ničesar. Če ste v dvomih, se obrnite na službo za pomoč uporabnikom: { $helpdesk }

mail-methods-subject = Vaši načini preverjanja v organizaciji { $tenant } so se spremenili
# Also in the mail with a code that is sent only after the current password was entered.
mail-methods-not-you = Če to niste bili vi, vaše geslo pozna še nekdo. Spremenite ga in takoj obvestite službo za pomoč uporabnikom: { $helpdesk }
mail-methods-from = Organizacija { $tenant } ta način vedno zahteva. Zaradi varnosti bo novi začel veljati pozneje: { $time }. Če ga potrebujete prej, se obrnite na službo za pomoč uporabnikom: { $helpdesk }
mail-authenticator-added-title = Dodana je aplikacija za preverjanje pristnosti
mail-authenticator-added-lead = Vašemu računu { $account } v organizaciji { $tenant } je bila dodana aplikacija za preverjanje pristnosti. Z njenimi kodami je mogoče ponastaviti vaše geslo.
mail-authenticator-removed-title = Aplikacija za preverjanje pristnosti je odstranjena
mail-authenticator-removed-lead = Iz vašega računa { $account } v organizaciji { $tenant } je bila odstranjena aplikacija za preverjanje pristnosti. Njene kode ne veljajo več.
mail-passkey-added-title = Dodan je ključ za dostop
mail-passkey-added-lead = Vašemu računu { $account } v organizaciji { $tenant } je bil dodan ključ za dostop. Z njim je mogoče ponastaviti vaše geslo.
mail-passkey-removed-title = Ključ za dostop je odstranjen
mail-passkey-removed-lead = Iz vašega računa { $account } v organizaciji { $tenant } je bil odstranjen ključ za dostop. Ne deluje več.
mail-recovery-added-title = Ustvarjene so nove obnovitvene kode
mail-recovery-added-lead = Za vaš račun { $account } v organizaciji { $tenant } so bile ustvarjene nove obnovitvene kode. Morebitne starejše kode ne veljajo več.
mail-recovery-removed-title = Obnovitvene kode so odstranjene
mail-recovery-removed-lead = Obnovitvene kode vašega računa { $account } v organizaciji { $tenant } so bile odstranjene. Ne veljajo več.

mail-automatic = To sporočilo je bilo poslano samodejno. Odgovorov nanj nihče ne bere.
mail-when = Kdaj
mail-device = Naprava
mail-device-phone = telefon
mail-device-tablet = tablični računalnik
mail-device-computer = računalnik
mail-moment = { $day }. { $month } { $year } ob { $time } ({ $zone })

# The month as it stands in mail-moment.
mail-month-1 = januar
mail-month-2 = februar
mail-month-3 = marec
mail-month-4 = april
mail-month-5 = maj
mail-month-6 = junij
mail-month-7 = julij
mail-month-8 = avgust
mail-month-9 = september
mail-month-10 = oktober
mail-month-11 = november
mail-month-12 = december
