# The mails. Plain text; no isolation marks.

mail-code-subject = { $code } – Jūsų kodas organizacijoje „{ $tenant }“
mail-code-body = { $minutes ->
    [one]
        Jūsų kodas slaptažodžiui organizacijoje „{ $tenant }“ nustatyti iš naujo:

        { $code }

        Jis galioja { $minutes } minutę ir tinka tik vieną kartą.
    [few]
        Jūsų kodas slaptažodžiui organizacijoje „{ $tenant }“ nustatyti iš naujo:

        { $code }

        Jis galioja { $minutes } minutes ir tinka tik vieną kartą.
   *[other]
        Jūsų kodas slaptažodžiui organizacijoje „{ $tenant }“ nustatyti iš naujo:

        { $code }

        Jis galioja { $minutes } minučių ir tinka tik vieną kartą.
  }
mail-code-not-you = Jei kodo neprašėte, galbūt kažkas per klaidą įvedė Jūsų naudotojo vardą. Jūsų slaptažodis nepasikeitė. Kodo neatskleiskite niekam, net pagalbos tarnybai.
mail-done-subject = Jūsų slaptažodis organizacijoje „{ $tenant }“ nustatytas iš naujo
mail-done-body = Jūsų paskyros { $account } slaptažodis organizacijoje „{ $tenant }“ nustatytas iš naujo. Data ir laikas: { $time }.
mail-done-not-you = Jei tai padarėte ne Jūs, nedelsdami praneškite pagalbos tarnybai: { $helpdesk }
mail-changed-subject = Jūsų slaptažodis organizacijoje „{ $tenant }“ pakeistas
mail-changed-body = Jūsų paskyros { $account } slaptažodis organizacijoje „{ $tenant }“ pakeistas naudojant ankstesnį slaptažodį. Data ir laikas: { $time }.
mail-unlocked-subject = Jūsų paskyra organizacijoje „{ $tenant }“ atrakinta
mail-unlocked-body = Jūsų paskyra { $account } organizacijoje „{ $tenant }“ atrakinta. Data ir laikas: { $time }. Slaptažodis nepasikeitė.
mail-user-name-subject = Jūsų naudotojo vardas organizacijoje „{ $tenant }“
mail-user-name-body =
    Kažkas paprašė naudotojo vardo, kuris organizacijoje „{ $tenant }“ priklauso šiam adresui. Štai jis:

    { $names }
mail-user-name-not-you = Jei tai buvote ne Jūs, nieko daryti nereikia. Jei abejojate, kreipkitės į pagalbos tarnybą: { $helpdesk }
mail-methods-subject = Pakeisti tapatybės patvirtinimo būdai organizacijoje „{ $tenant }“
mail-authenticator-added-body = Prie Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pridėta autentifikavimo programėlė. Data ir laikas: { $time }. Jos kodais galima iš naujo nustatyti Jūsų slaptažodį.
mail-authenticator-removed-body = Iš Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pašalinta autentifikavimo programėlė. Data ir laikas: { $time }. Jos kodai nebegalioja.
mail-passkey-added-body = Prie Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pridėtas prieigos raktas. Data ir laikas: { $time }. Juo galima iš naujo nustatyti Jūsų slaptažodį.
mail-passkey-removed-body = Iš Jūsų paskyros { $account } organizacijoje „{ $tenant }“ pašalintas prieigos raktas. Data ir laikas: { $time }. Jis nebegalioja.
mail-recovery-added-body = Jūsų paskyrai { $account } organizacijoje „{ $tenant }“ sukurti nauji atsarginiai kodai. Data ir laikas: { $time }. Ankstesni kodai nebegalioja.
mail-recovery-removed-body = Jūsų paskyros { $account } organizacijoje „{ $tenant }“ atsarginiai kodai pašalinti. Data ir laikas: { $time }. Jie nebegalioja.
mail-methods-not-you = Jei tai padarėte ne Jūs, kažkas žino Jūsų slaptažodį. Pakeiskite jį ir nedelsdami praneškite pagalbos tarnybai: { $helpdesk }
