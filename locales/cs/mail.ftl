# The mails. Plain text; no isolation marks.

mail-code-subject = { $code } je váš kód pro organizaci { $tenant }
mail-code-body = { $minutes ->
    [one]
        Váš kód k obnovení hesla v organizaci { $tenant }:

        { $code }

        Platí { $minutes } minutu a lze ho použít jen jednou.
    [few]
        Váš kód k obnovení hesla v organizaci { $tenant }:

        { $code }

        Platí { $minutes } minuty a lze ho použít jen jednou.
   *[other]
        Váš kód k obnovení hesla v organizaci { $tenant }:

        { $code }

        Platí { $minutes } minut a lze ho použít jen jednou.
  }
mail-code-not-you = Pokud jste o kód nežádali, někdo možná omylem napsal vaše uživatelské jméno. Vaše heslo se nezměnilo. Kód nikomu nesdělujte, ani technické podpoře.
mail-done-subject = Vaše heslo v organizaci { $tenant } bylo obnoveno
mail-done-body = Heslo k vašemu účtu { $account } v organizaci { $tenant } bylo obnoveno. Datum a čas: { $time }.
mail-done-not-you = Pokud jste to nebyli vy, ihned to prosím oznamte technické podpoře: { $helpdesk }
mail-changed-subject = Vaše heslo v organizaci { $tenant } bylo změněno
mail-changed-body = Heslo k vašemu účtu { $account } v organizaci { $tenant } bylo změněno pomocí dosavadního hesla. Datum a čas: { $time }.
mail-unlocked-subject = Váš účet v organizaci { $tenant } byl odemčen
mail-unlocked-body = Váš účet { $account } v organizaci { $tenant } byl odemčen. Datum a čas: { $time }. Heslo se nezměnilo.
mail-user-name-subject = Vaše uživatelské jméno v organizaci { $tenant }
mail-user-name-body =
    Někdo se zeptal na uživatelské jméno, které v organizaci { $tenant } patří k této adrese. Je to:

    { $names }
mail-user-name-not-you = Pokud jste to nebyli vy, nemusíte nic dělat. V případě pochybností se obraťte na technickou podporu: { $helpdesk }
mail-methods-subject = Způsoby ověření v organizaci { $tenant } se změnily
mail-authenticator-added-body = K vašemu účtu { $account } v organizaci { $tenant } byla přidána ověřovací aplikace. Datum a čas: { $time }. Jejími kódy lze obnovit vaše heslo.
mail-authenticator-removed-body = Z vašeho účtu { $account } v organizaci { $tenant } byla odebrána ověřovací aplikace. Datum a čas: { $time }. Její kódy už neplatí.
mail-passkey-added-body = K vašemu účtu { $account } v organizaci { $tenant } byl přidán přístupový klíč. Datum a čas: { $time }. Lze jím obnovit vaše heslo.
mail-passkey-removed-body = Z vašeho účtu { $account } v organizaci { $tenant } byl odebrán přístupový klíč. Datum a čas: { $time }. Už neplatí.
mail-recovery-added-body = Pro váš účet { $account } v organizaci { $tenant } byly vytvořeny nové záložní kódy. Datum a čas: { $time }. Dřívější kódy už neplatí.
mail-recovery-removed-body = Záložní kódy vašeho účtu { $account } v organizaci { $tenant } byly odebrány. Datum a čas: { $time }. Už neplatí.
mail-methods-not-you = Pokud jste to nebyli vy, někdo zná vaše heslo. Změňte ho a ihned to oznamte technické podpoře: { $helpdesk }
