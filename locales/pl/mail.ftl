# The mails. Plain text; no isolation marks.

mail-code-subject = { $code } to Twój kod w organizacji { $tenant }
mail-code-body = { $minutes ->
    [one]
        Twój kod do zresetowania hasła w organizacji { $tenant }:

        { $code }

        Jest ważny przez { $minutes } minutę i można go użyć tylko raz.
    [few]
        Twój kod do zresetowania hasła w organizacji { $tenant }:

        { $code }

        Jest ważny przez { $minutes } minuty i można go użyć tylko raz.
    [many]
        Twój kod do zresetowania hasła w organizacji { $tenant }:

        { $code }

        Jest ważny przez { $minutes } minut i można go użyć tylko raz.
   *[other]
        Twój kod do zresetowania hasła w organizacji { $tenant }:

        { $code }

        Jest ważny przez { $minutes } minuty i można go użyć tylko raz.
  }
mail-code-not-you = Jeśli prośba o kod nie pochodzi od Ciebie, ktoś mógł przez pomyłkę wpisać Twoją nazwę użytkownika. Twoje hasło się nie zmieniło. Nie podawaj kodu nikomu, nawet pomocy technicznej.
mail-done-subject = Twoje hasło w organizacji { $tenant } zostało zresetowane
mail-done-body = Hasło do Twojego konta { $account } w organizacji { $tenant } zostało zresetowane. Data i godzina: { $time }.
mail-done-not-you = Jeśli to nie Twoje działanie, natychmiast zgłoś to pomocy technicznej: { $helpdesk }
mail-changed-subject = Twoje hasło w organizacji { $tenant } zostało zmienione
mail-changed-body = Hasło do Twojego konta { $account } w organizacji { $tenant } zostało zmienione za pomocą poprzedniego hasła. Data i godzina: { $time }.
mail-unlocked-subject = Twoje konto w organizacji { $tenant } zostało odblokowane
mail-unlocked-body = Twoje konto { $account } w organizacji { $tenant } zostało odblokowane. Data i godzina: { $time }. Hasło się nie zmieniło.
mail-user-name-subject = Twoja nazwa użytkownika w organizacji { $tenant }
mail-user-name-body =
    Ktoś zapytał o nazwę użytkownika przypisaną do tego adresu w organizacji { $tenant }. Oto ona:

    { $names }
mail-user-name-not-you = Jeśli to nie Twoje działanie, nie trzeba nic robić. W razie wątpliwości skontaktuj się z pomocą techniczną: { $helpdesk }
mail-methods-subject = Metody weryfikacji w organizacji { $tenant } zostały zmienione
mail-authenticator-added-body = Do Twojego konta { $account } w organizacji { $tenant } dodano aplikację uwierzytelniającą. Data i godzina: { $time }. Jej kodami można zresetować Twoje hasło.
mail-authenticator-removed-body = Z Twojego konta { $account } w organizacji { $tenant } usunięto aplikację uwierzytelniającą. Data i godzina: { $time }. Jej kody już nie działają.
mail-passkey-added-body = Do Twojego konta { $account } w organizacji { $tenant } dodano klucz dostępu. Data i godzina: { $time }. Można nim zresetować Twoje hasło.
mail-passkey-removed-body = Z Twojego konta { $account } w organizacji { $tenant } usunięto klucz dostępu. Data i godzina: { $time }. Już nie działa.
mail-recovery-added-body = Dla Twojego konta { $account } w organizacji { $tenant } utworzono nowe kody zapasowe. Data i godzina: { $time }. Wcześniejsze kody już nie działają.
mail-recovery-removed-body = Kody zapasowe Twojego konta { $account } w organizacji { $tenant } zostały usunięte. Data i godzina: { $time }. Już nie działają.
mail-methods-not-you = Jeśli to nie Twoje działanie, ktoś zna Twoje hasło. Zmień je i natychmiast zgłoś to pomocy technicznej: { $helpdesk }
