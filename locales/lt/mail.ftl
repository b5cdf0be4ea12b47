# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } – Jūsų kodas organizacijoje „{ $tenant }“
mail-code-title = Jūsų kodas
mail-code-lead = Įveskite šį kodą, kad iš naujo nustatytumėte slaptažodį organizacijoje „{ $tenant }“:
mail-code-lead-unlock = Įveskite šį kodą, kad atrakintumėte paskyrą organizacijoje „{ $tenant }“:
mail-code-lead-methods = Įveskite šį kodą, kad organizacijai „{ $tenant }“ patvirtintumėte, jog tai Jūs:
mail-code-valid = { $minutes ->
    [one] Jis galioja { $minutes } minutę ir tinka vieną kartą.
    [few] Jis galioja { $minutes } minutes ir tinka vieną kartą.
   *[other] Jis galioja { $minutes } minučių ir tinka vieną kartą.
  }
mail-code-keep = Įveskite jį tik tame puslapyje, kuriame jo paprašėte. Neatskleiskite jo niekam, net pagalbos tarnybai.
mail-code-not-you = Jei šio kodo neprašėte, galbūt kas nors per klaidą įvedė Jūsų naudotojo vardą. Jūsų slaptažodis nepasikeitė. Jei tai pasikartos, praneškite pagalbos tarnybai: { $helpdesk }

mail-done-subject = Jūsų slaptažodis organizacijoje „{ $tenant }“ nustatytas iš naujo
mail-done-title = Slaptažodis nustatytas iš naujo
mail-done-lead = Jūsų paskyros { $account } slaptažodis organizacijoje „{ $tenant }“ nustatytas iš naujo.
mail-done-was-you = Jei tai padarėte Jūs, daugiau nieko daryti nereikia.
mail-done-not-you = Jei tai padarėte ne Jūs, nedelsdami praneškite pagalbos tarnybai: { $helpdesk }

mail-changed-subject = Jūsų slaptažodis organizacijoje „{ $tenant }“ pakeistas
mail-changed-title = Jūsų slaptažodis pakeistas
mail-changed-lead = Jūsų paskyros { $account } slaptažodis organizacijoje „{ $tenant }“ pakeistas naudojant senąjį slaptažodį.

mail-unlocked-subject = Jūsų paskyra organizacijoje „{ $tenant }“ atrakinta
mail-unlocked-title = Jūsų paskyra atrakinta
mail-unlocked-lead = Jūsų paskyra { $account } organizacijoje „{ $tenant }“ atrakinta. Jos slaptažodis nepasikeitė.

mail-user-name-subject = Jūsų naudotojo vardas organizacijoje „{ $tenant }“
mail-user-name-title = Jūsų naudotojo vardas
# One or more user names follow.
mail-user-name-lead = Gavome prašymą priminti naudotojo vardą, kuris organizacijoje „{ $tenant }“ priklauso šiam el. pašto adresui:
mail-user-name-not-you = Jei prašėte ne Jūs, nieko daryti nereikia. Jei abejojate, kreipkitės į pagalbos tarnybą: { $helpdesk }

mail-methods-subject = Pasikeitė Jūsų patvirtinimo būdai organizacijoje „{ $tenant }“
# Also in the mail with a code that is sent only after the current password was entered.
mail-methods-not-you = Jei tai padarėte ne Jūs, Jūsų slaptažodį žino kas nors kitas. Pakeiskite jį ir nedelsdami praneškite pagalbos tarnybai: { $helpdesk }
mail-methods-from = Organizacija „{ $tenant }“ visada prašo šio būdo. Saugumo sumetimais naująjį galima naudoti tik nuo { $time }. Jei jo reikia anksčiau, kreipkitės į pagalbos tarnybą: { $helpdesk }
mail-authenticator-added-title = Pridėta autentifikavimo programėlė
mail-authenticator-added-lead = Prie Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pridėta autentifikavimo programėlė. Jos kodais galima iš naujo nustatyti Jūsų slaptažodį.
mail-authenticator-removed-title = Pašalinta autentifikavimo programėlė
mail-authenticator-removed-lead = Iš Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pašalinta autentifikavimo programėlė. Jos kodai nebegalioja.
mail-passkey-added-title = Pridėtas prieigos raktas
mail-passkey-added-lead = Prie Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pridėtas prieigos raktas. Juo galima iš naujo nustatyti Jūsų slaptažodį.
mail-passkey-removed-title = Pašalintas prieigos raktas
mail-passkey-removed-lead = Iš Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pašalintas prieigos raktas. Jis nebegalioja.
mail-recovery-added-title = Sukurti nauji atsarginiai kodai
mail-recovery-added-lead = Jūsų paskyrai { $account } organizacijoje „{ $tenant }“ sukurti nauji atsarginiai kodai. Ankstesni kodai nebegalioja.
mail-recovery-removed-title = Pašalinti atsarginiai kodai
mail-recovery-removed-lead = Jūsų paskyros { $account } organizacijoje „{ $tenant }“ atsarginiai kodai pašalinti. Jie nebegalioja.

mail-automatic = Šis laiškas išsiųstas automatiškai. Atsakymai į jį neskaitomi.
mail-when = Kada
mail-device = Įrenginys
mail-device-phone = telefonas
mail-device-tablet = planšetė
mail-device-computer = kompiuteris
mail-moment = { $year } m. { $month } { $day } d. { $time } ({ $zone })

# The month as it stands in mail-moment.
mail-month-1 = sausio
mail-month-2 = vasario
mail-month-3 = kovo
mail-month-4 = balandžio
mail-month-5 = gegužės
mail-month-6 = birželio
mail-month-7 = liepos
mail-month-8 = rugpjūčio
mail-month-9 = rugsėjo
mail-month-10 = spalio
mail-month-11 = lapkričio
mail-month-12 = gruodžio
