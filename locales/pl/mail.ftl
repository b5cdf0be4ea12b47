# The mails, as plain text and as HTML; no isolation marks.
# { $tenant } is the organisation's name; { $helpdesk } how to reach its helpdesk.

mail-code-subject = { $code } to Twój kod w organizacji { $tenant }
mail-code-title = Twój kod
mail-code-lead = Wpisz ten kod, aby zresetować hasło w organizacji { $tenant }:
mail-code-lead-unlock = Wpisz ten kod, aby odblokować konto w organizacji { $tenant }:
mail-code-lead-methods = Wpisz ten kod, aby potwierdzić swoją tożsamość w organizacji { $tenant }:
mail-code-valid = { $minutes ->
    [one] Jest ważny przez { $minutes } minutę i działa tylko raz.
    [few] Jest ważny przez { $minutes } minuty i działa tylko raz.
    [many] Jest ważny przez { $minutes } minut i działa tylko raz.
   *[other] Jest ważny przez { $minutes } minuty i działa tylko raz.
  }
mail-code-keep = Wpisz go tylko na stronie, na której poproszono o kod. Nie podawaj go nikomu, nawet pomocy technicznej.
mail-code-not-you = Jeśli prośba o kod nie pochodzi od Ciebie, ktoś mógł przez pomyłkę wpisać Twoją nazwę użytkownika. Twoje hasło się nie zmieniło. Jeśli to się powtórzy, powiadom pomoc techniczną: { $helpdesk }

mail-done-subject = Twoje hasło w organizacji { $tenant } zostało zresetowane
mail-done-title = Twoje hasło zostało zresetowane
mail-done-lead = Hasło do Twojego konta { $account } w organizacji { $tenant } zostało zresetowane.
mail-done-was-you = Jeśli to Ty, nie musisz nic robić.
mail-done-not-you = Jeśli to nie Ty, od razu powiadom pomoc techniczną: { $helpdesk }

mail-changed-subject = Twoje hasło w organizacji { $tenant } zostało zmienione
mail-changed-title = Twoje hasło zostało zmienione
mail-changed-lead = Hasło do Twojego konta { $account } w organizacji { $tenant } zostało zmienione przy użyciu starego hasła.

mail-unlocked-subject = Twoje konto w organizacji { $tenant } zostało odblokowane
mail-unlocked-title = Twoje konto zostało odblokowane
mail-unlocked-lead = Twoje konto { $account } w organizacji { $tenant } zostało odblokowane. Hasło się nie zmieniło.

mail-user-name-subject = Twoja nazwa użytkownika w organizacji { $tenant }
mail-user-name-title = Twoja nazwa użytkownika
# One or more user names follow.
mail-user-name-lead = Ktoś poprosił o nazwę użytkownika przypisaną do tego adresu e-mail w organizacji { $tenant }:
mail-user-name-not-you = Jeśli to nie Ty, nie musisz nic robić. W razie wątpliwości skontaktuj się z pomocą techniczną: { $helpdesk }

mail-methods-subject = Twoje metody weryfikacji w organizacji { $tenant } zostały zmienione
# Also in the mail with a code that is sent only after the current password was entered.
mail-methods-not-you = Jeśli to nie Ty, ktoś inny zna Twoje hasło. Zmień je i od razu powiadom pomoc techniczną: { $helpdesk }
mail-methods-from = Organizacja { $tenant } zawsze wymaga tej metody. Ze względów bezpieczeństwa nowej będzie można używać dopiero od { $time }. Jeśli potrzebujesz jej wcześniej, skontaktuj się z pomocą techniczną: { $helpdesk }
mail-authenticator-added-title = Dodano aplikację uwierzytelniającą
mail-authenticator-added-lead = Do Twojego konta { $account } w organizacji { $tenant } dodano aplikację uwierzytelniającą. Jej kody pozwalają zresetować Twoje hasło.
mail-authenticator-removed-title = Usunięto aplikację uwierzytelniającą
mail-authenticator-removed-lead = Z Twojego konta { $account } w organizacji { $tenant } usunięto aplikację uwierzytelniającą. Jej kody już nie działają.
mail-passkey-added-title = Dodano klucz dostępu
mail-passkey-added-lead = Do Twojego konta { $account } w organizacji { $tenant } dodano klucz dostępu. Pozwala on zresetować Twoje hasło.
mail-passkey-removed-title = Usunięto klucz dostępu
mail-passkey-removed-lead = Z Twojego konta { $account } w organizacji { $tenant } usunięto klucz dostępu. Już nie działa.
mail-recovery-added-title = Utworzono nowe kody zapasowe
mail-recovery-added-lead = Do Twojego konta { $account } w organizacji { $tenant } utworzono nowe kody zapasowe. Wcześniejsze kody już nie działają.
mail-recovery-removed-title = Usunięto kody zapasowe
mail-recovery-removed-lead = Kody zapasowe do Twojego konta { $account } w organizacji { $tenant } zostały usunięte. Już nie działają.

mail-automatic = Ta wiadomość została wysłana automatycznie. Prosimy na nią nie odpowiadać.
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
