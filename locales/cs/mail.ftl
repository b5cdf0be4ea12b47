# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } je váš kód pro organizaci { $tenant }
mail-code-title = Váš kód
mail-code-lead = Tímto kódem si obnovíte heslo v organizaci { $tenant }:
mail-code-lead-unlock = Tímto kódem si odemknete účet v organizaci { $tenant }:
mail-code-lead-methods = Tímto kódem potvrdíte organizaci { $tenant }, že jste to vy:
mail-code-valid = { $minutes ->
    [one] Platí { $minutes } minutu a lze ho použít jen jednou.
    [few] Platí { $minutes } minuty a lze ho použít jen jednou.
   *[other] Platí { $minutes } minut a lze ho použít jen jednou.
  }
mail-code-keep = Zadejte ho jen na stránce, na které jste o něj požádali. Nikomu ho nesdělujte, ani technické podpoře.
mail-code-not-you = Pokud jste o kód nežádali, někdo možná omylem zadal vaše uživatelské jméno. Vaše heslo se nezměnilo. Pokud se to bude opakovat, dejte prosím vědět technické podpoře: { $helpdesk }

mail-done-subject = Vaše heslo v organizaci { $tenant } bylo obnoveno
mail-done-title = Vaše heslo bylo obnoveno
mail-done-lead = Heslo k vašemu účtu { $account } v organizaci { $tenant } bylo obnoveno.
mail-done-was-you = Pokud jste to byli vy, nemusíte nic dělat.
mail-done-not-you = Pokud jste to nebyli vy, ihned to prosím oznamte technické podpoře: { $helpdesk }

mail-changed-subject = Vaše heslo v organizaci { $tenant } bylo změněno
mail-changed-title = Vaše heslo bylo změněno
mail-changed-lead = Heslo k vašemu účtu { $account } v organizaci { $tenant } bylo změněno pomocí starého hesla.

mail-unlocked-subject = Váš účet v organizaci { $tenant } byl odemčen
mail-unlocked-title = Váš účet byl odemčen
mail-unlocked-lead = Váš účet { $account } v organizaci { $tenant } byl odemčen. Heslo se nezměnilo.

mail-user-name-subject = Vaše uživatelské jméno v organizaci { $tenant }
mail-user-name-title = Vaše uživatelské jméno
# One or more user names follow.
mail-user-name-lead = Někdo požádal o uživatelské jméno, které v organizaci { $tenant } patří k této e-mailové adrese:
mail-user-name-not-you = Pokud jste to nebyli vy, nemusíte nic dělat. V případě pochybností se obraťte na technickou podporu: { $helpdesk }

mail-methods-subject = Vaše způsoby ověření v organizaci { $tenant } se změnily
# Also in the mail with a code that is sent only after the current password was entered.
mail-methods-not-you = Pokud jste to nebyli vy, vaše heslo zná někdo jiný. Změňte ho a ihned to oznamte technické podpoře: { $helpdesk }
mail-methods-from = Organizace { $tenant } tento způsob ověření vždy vyžaduje. Z bezpečnostních důvodů půjde nový použít až { $time }. Pokud ho potřebujete dříve, obraťte se na technickou podporu: { $helpdesk }
mail-authenticator-added-title = Byla přidána ověřovací aplikace
mail-authenticator-added-lead = K vašemu účtu { $account } v organizaci { $tenant } byla přidána ověřovací aplikace. Jejími kódy lze obnovit vaše heslo.
mail-authenticator-removed-title = Vaše ověřovací aplikace byla odebrána
mail-authenticator-removed-lead = Z vašeho účtu { $account } v organizaci { $tenant } byla odebrána ověřovací aplikace. Její kódy už neplatí.
mail-passkey-added-title = Byl přidán přístupový klíč
mail-passkey-added-lead = K vašemu účtu { $account } v organizaci { $tenant } byl přidán přístupový klíč. Lze jím obnovit vaše heslo.
mail-passkey-removed-title = Byl odebrán přístupový klíč
mail-passkey-removed-lead = Z vašeho účtu { $account } v organizaci { $tenant } byl odebrán přístupový klíč. Už neplatí.
mail-recovery-added-title = Byly vytvořeny nové záložní kódy
mail-recovery-added-lead = K vašemu účtu { $account } v organizaci { $tenant } byly vytvořeny nové záložní kódy. Případné starší kódy už neplatí.
mail-recovery-removed-title = Vaše záložní kódy byly odebrány
mail-recovery-removed-lead = Z vašeho účtu { $account } v organizaci { $tenant } byly odebrány záložní kódy. Už neplatí.

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
