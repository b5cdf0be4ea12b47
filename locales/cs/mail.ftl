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
