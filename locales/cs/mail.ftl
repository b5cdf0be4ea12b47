# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } je váš kód pro organizaci { $tenant }
mail-code-title = Váš kód
mail-code-lead = Tímto kódem obnovíte své heslo v organizaci { $tenant }:
mail-code-lead-unlock = Tímto kódem odemknete svůj účet v organizaci { $tenant }:
mail-code-lead-methods = Tímto kódem potvrdíte, že jste to vy, v organizaci { $tenant }:
mail-code-valid = { $minutes ->
    [one] Platí { $minutes } minutu a lze ho použít jen jednou.
    [few] Platí { $minutes } minuty a lze ho použít jen jednou.
   *[other] Platí { $minutes } minut a lze ho použít jen jednou.
  }
mail-code-keep = Napište ho jen na stránku, na které jste o něj požádali. Nikomu ho nesdělujte, ani technické podpoře.
mail-code-not-you = Pokud jste o kód nežádali, někdo možná omylem napsal vaše uživatelské jméno. Vaše heslo se nezměnilo. Pokud se to bude opakovat, dejte prosím vědět technické podpoře: { $helpdesk }

mail-done-subject = Vaše heslo v organizaci { $tenant } bylo obnoveno
mail-done-title = Vaše heslo bylo obnoveno
mail-done-lead = Heslo k vašemu účtu { $account } v organizaci { $tenant } bylo obnoveno.
mail-done-was-you = Pokud jste to byli vy, nemusíte nic dělat.
mail-done-not-you = Pokud jste to nebyli vy, ihned to prosím oznamte technické podpoře: { $helpdesk }

mail-changed-subject = Vaše heslo v organizaci { $tenant } bylo změněno
mail-changed-title = Vaše heslo bylo změněno
mail-changed-lead = Heslo k vašemu účtu { $account } v organizaci { $tenant } bylo změněno pomocí dosavadního hesla.

mail-unlocked-subject = Váš účet v organizaci { $tenant } byl odemčen
mail-unlocked-title = Váš účet byl odemčen
mail-unlocked-lead = Váš účet { $account } v organizaci { $tenant } byl odemčen. Heslo se nezměnilo.

mail-user-name-subject = Vaše uživatelské jméno v organizaci { $tenant }
mail-user-name-title = Vaše uživatelské jméno
mail-user-name-lead = Někdo se zeptal na uživatelské jméno, které v organizaci { $tenant } patří k této adrese. Je to:
mail-user-name-not-you = Pokud jste to nebyli vy, nemusíte nic dělat. V případě pochybností se obraťte na technickou podporu: { $helpdesk }

mail-methods-subject = Způsoby ověření v organizaci { $tenant } se změnily
mail-methods-not-you = Pokud jste to nebyli vy, někdo zná vaše heslo. Změňte ho a ihned to oznamte technické podpoře: { $helpdesk }
mail-methods-from = Organizace { $tenant } tento způsob vždy vyžaduje, nový proto začne platit až { $time }. Pokud ho potřebujete dříve, obraťte se prosím na technickou podporu: { $helpdesk }
mail-authenticator-added-title = Byla přidána ověřovací aplikace
mail-authenticator-added-lead = K vašemu účtu { $account } v organizaci { $tenant } byla přidána ověřovací aplikace. Jejími kódy lze obnovit vaše heslo.
mail-authenticator-removed-title = Vaše ověřovací aplikace byla odebrána
mail-authenticator-removed-lead = Z vašeho účtu { $account } v organizaci { $tenant } byla odebrána ověřovací aplikace. Její kódy už neplatí.
mail-passkey-added-title = Byl přidán přístupový klíč
mail-passkey-added-lead = K vašemu účtu { $account } v organizaci { $tenant } byl přidán přístupový klíč. Lze jím obnovit vaše heslo.
mail-passkey-removed-title = Váš přístupový klíč byl odebrán
mail-passkey-removed-lead = Z vašeho účtu { $account } v organizaci { $tenant } byl odebrán přístupový klíč. Už neplatí.
mail-recovery-added-title = Byly vytvořeny nové záložní kódy
mail-recovery-added-lead = Pro váš účet { $account } v organizaci { $tenant } byly vytvořeny nové záložní kódy. Dřívější kódy už neplatí.
mail-recovery-removed-title = Vaše záložní kódy byly odebrány
mail-recovery-removed-lead = Záložní kódy vašeho účtu { $account } v organizaci { $tenant } byly odebrány. Už neplatí.

mail-automatic = Tato zpráva byla odeslána automaticky. Odpovědi na ni nikdo nečte.
mail-when = Kdy
mail-device = Zařízení
mail-device-phone = telefon
mail-device-tablet = tablet
mail-device-computer = počítač
mail-moment = { $day }. { $month } { $year } v { $time } ({ $zone })

# The month as it stands in mail-moment.
mail-month-1 = ledna
mail-month-2 = února
mail-month-3 = března
mail-month-4 = dubna
mail-month-5 = května
mail-month-6 = června
mail-month-7 = července
mail-month-8 = srpna
mail-month-9 = září
mail-month-10 = října
mail-month-11 = listopadu
mail-month-12 = prosince
