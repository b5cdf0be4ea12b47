# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } to Twój kod w organizacji { $tenant }
mail-code-title = Twój kod
mail-code-lead = Wpisz ten kod, aby zresetować hasło w organizacji { $tenant }:
mail-code-lead-unlock = Wpisz ten kod, aby odblokować konto w organizacji { $tenant }:
mail-code-lead-methods = Wpisz ten kod, aby potwierdzić swoją tożsamość w organizacji { $tenant }:
mail-code-valid = { $minutes ->
    [one] Jest ważny przez { $minutes } minutę i można go użyć tylko raz.
    [few] Jest ważny przez { $minutes } minuty i można go użyć tylko raz.
    [many] Jest ważny przez { $minutes } minut i można go użyć tylko raz.
   *[other] Jest ważny przez { $minutes } minuty i można go użyć tylko raz.
  }
mail-code-keep = Wpisz go tylko na stronie, na której poproszono o kod. Nie podawaj go nikomu, nawet pomocy technicznej.
mail-code-not-you = Jeśli prośba o kod nie pochodzi od Ciebie, ktoś mógł przez pomyłkę wpisać Twoją nazwę użytkownika. Twoje hasło się nie zmieniło. Jeśli to się powtórzy, zgłoś to pomocy technicznej: { $helpdesk }

mail-done-subject = Twoje hasło w organizacji { $tenant } zostało zresetowane
mail-done-title = Twoje hasło zostało zresetowane
mail-done-lead = Hasło do Twojego konta { $account } w organizacji { $tenant } zostało zresetowane.
mail-done-was-you = Jeśli to Twoje działanie, nie musisz nic robić.
mail-done-not-you = Jeśli to nie Twoje działanie, natychmiast zgłoś to pomocy technicznej: { $helpdesk }

mail-changed-subject = Twoje hasło w organizacji { $tenant } zostało zmienione
mail-changed-title = Twoje hasło zostało zmienione
mail-changed-lead = Hasło do Twojego konta { $account } w organizacji { $tenant } zostało zmienione za pomocą poprzedniego hasła.

mail-unlocked-subject = Twoje konto w organizacji { $tenant } zostało odblokowane
mail-unlocked-title = Twoje konto zostało odblokowane
mail-unlocked-lead = Twoje konto { $account } w organizacji { $tenant } zostało odblokowane. Hasło się nie zmieniło.

mail-user-name-subject = Twoja nazwa użytkownika w organizacji { $tenant }
mail-user-name-title = Twoja nazwa użytkownika
mail-user-name-lead = Ktoś zapytał o nazwę użytkownika przypisaną do tego adresu w organizacji { $tenant }. Oto ona:
mail-user-name-not-you = Jeśli to nie Twoje działanie, nie trzeba nic robić. W razie wątpliwości skontaktuj się z pomocą techniczną: { $helpdesk }

mail-methods-subject = Metody weryfikacji w organizacji { $tenant } zostały zmienione
mail-methods-not-you = Jeśli to nie Twoje działanie, ktoś zna Twoje hasło. Zmień je i natychmiast zgłoś to pomocy technicznej: { $helpdesk }
mail-methods-from = Organizacja { $tenant } zawsze wymaga tej metody, dlatego nowa zacznie działać dopiero { $time }. Jeśli potrzebujesz jej wcześniej, zwróć się do pomocy technicznej: { $helpdesk }
mail-authenticator-added-title = Dodano aplikację uwierzytelniającą
mail-authenticator-added-lead = Do Twojego konta { $account } w organizacji { $tenant } dodano aplikację uwierzytelniającą. Jej kodami można zresetować Twoje hasło.
mail-authenticator-removed-title = Twoja aplikacja uwierzytelniająca została usunięta
mail-authenticator-removed-lead = Z Twojego konta { $account } w organizacji { $tenant } usunięto aplikację uwierzytelniającą. Jej kody już nie działają.
mail-passkey-added-title = Dodano klucz dostępu
mail-passkey-added-lead = Do Twojego konta { $account } w organizacji { $tenant } dodano klucz dostępu. Można nim zresetować Twoje hasło.
mail-passkey-removed-title = Twój klucz dostępu został usunięty
mail-passkey-removed-lead = Z Twojego konta { $account } w organizacji { $tenant } usunięto klucz dostępu. Już nie działa.
mail-recovery-added-title = Utworzono nowe kody zapasowe
mail-recovery-added-lead = Dla Twojego konta { $account } w organizacji { $tenant } utworzono nowe kody zapasowe. Wcześniejsze kody już nie działają.
mail-recovery-removed-title = Twoje kody zapasowe zostały usunięte
mail-recovery-removed-lead = Kody zapasowe Twojego konta { $account } w organizacji { $tenant } zostały usunięte. Już nie działają.

mail-automatic = Ta wiadomość została wysłana automatycznie. Nikt nie czyta odpowiedzi na nią.
mail-when = Kiedy
mail-device = Urządzenie
mail-device-phone = telefon
mail-device-tablet = tablet
mail-device-computer = komputer
mail-moment = { $day } { $month } { $year }, { $time } ({ $zone })

# The month as it stands in mail-moment.
mail-month-1 = stycznia
mail-month-2 = lutego
mail-month-3 = marca
mail-month-4 = kwietnia
mail-month-5 = maja
mail-month-6 = czerwca
mail-month-7 = lipca
mail-month-8 = sierpnia
mail-month-9 = września
mail-month-10 = października
mail-month-11 = listopada
mail-month-12 = grudnia
