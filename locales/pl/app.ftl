# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

## Step 2: gates

gates-title = Potwierdź swoją tożsamość
gates-choose = Wybierz sposób potwierdzenia tożsamości.
gates-second = Jeszcze jedno potwierdzenie i będzie można ustawić nowe hasło.
gates-position = Potwierdzenie { $current } z { $total }
gate-mail = Kod e-mailem
gate-mail-to = Wyślemy kod na adres { $address }.
gate-mail-any-to = Jeśli istnieje konto o tej nazwie, wyślemy kod na wszystkie adresy e-mail przypisane do niego w organizacji { $tenant }.
gate-mail-send = Wyślij kod
gate-mail-sent = Kod został wysłany na adres { $address }. Może dotrzeć dopiero po chwili.
gate-mail-any-sent = Jeśli to konto istnieje i ma adres e-mail, kod jest już w drodze. Może dotrzeć dopiero po chwili.
gate-mail-resend = Wyślij nowy kod
gate-mail-waiting = Wiadomość jeszcze nie dotarła? Zajrzyj do folderu ze spamem i sprawdź, czy powyższy adres należy do Ciebie.
gate-mail-any-waiting = Wiadomość jeszcze nie dotarła? Zajrzyj do folderu ze spamem i sprawdź, czy nazwa użytkownika została wpisana poprawnie.
gate-mail-code = Kod z wiadomości e-mail
gate-authenticator = Aplikacja uwierzytelniająca
gate-authenticator-lead = Otwórz aplikację uwierzytelniającą i wpisz kod wyświetlany dla organizacji { $tenant }.
gate-authenticator-code = Kod z aplikacji
gate-sms = Kod SMS-em
gate-sms-to = Wyślemy kod SMS-em na numer { $address }.
gate-sms-any-to = Jeśli istnieje konto o tej nazwie, wyślemy kod SMS-em na numery przypisane do niego w organizacji { $tenant }.
gate-sms-sent = Kod został wysłany SMS-em na numer { $address }. Może dotrzeć dopiero po chwili.
gate-sms-any-sent = Jeśli to konto istnieje i ma numer telefonu komórkowego, kod jest już w drodze SMS-em. Może dotrzeć dopiero po chwili.
gate-sms-waiting = SMS jeszcze nie dotarł? Sprawdź, czy powyższy numer należy do Ciebie i czy telefon ma zasięg.
gate-sms-any-waiting = SMS jeszcze nie dotarł? Sprawdź, czy nazwa użytkownika została wpisana poprawnie i czy telefon ma zasięg.
gate-sms-code = Kod z SMS-a
gate-voice = Kod przez telefon
gate-voice-to = Zadzwonimy na numer { $address } i podamy kod.
gate-voice-any-to = Jeśli istnieje konto o tej nazwie, zadzwonimy na numery przypisane do niego w organizacji { $tenant } i podamy kod.
gate-voice-send = Zadzwoń do mnie
gate-voice-sent = Dzwonimy na numer { $address }. Odbierz i zapisz kod.
gate-voice-any-sent = Jeśli to konto istnieje i ma numer telefonu, właśnie dzwonimy. Odbierz i zapisz kod.
gate-voice-resend = Zadzwoń ponownie
gate-voice-waiting = Telefon nie dzwoni? Sprawdź, czy powyższy numer należy do Ciebie i czy telefon nie jest wyciszony ani zajęty.
gate-voice-any-waiting = Telefon nie dzwoni? Sprawdź, czy nazwa użytkownika została wpisana poprawnie i czy telefon nie jest wyciszony ani zajęty.
gate-voice-code = Kod z rozmowy
gate-passkey = Klucz dostępu
gate-passkey-lead = Wybierz klucz dostępu ustawiony dla organizacji { $tenant }. Urządzenie poprosi o odcisk palca, twarz lub swój kod PIN.
gate-passkey-use = Użyj klucza dostępu
passkey-old = Ta przeglądarka nie obsługuje kluczy dostępu.
passkey-elsewhere = Klucze dostępu działają tylko na samej stronie resetowania hasła, nie tutaj.
passkey-cancelled = Nie użyto żadnego klucza dostępu. Spróbuj ponownie albo użyj innego sposobu.
passkey-failed = Nie można teraz użyć klucza dostępu. Spróbuj ponownie albo użyj innego sposobu.
passkey-reason-wrong-code = { $tries ->
    [one] Ten klucz dostępu nie został przyjęty. Pozostała { $tries } próba.
    [few] Ten klucz dostępu nie został przyjęty. Pozostały { $tries } próby.
    [many] Ten klucz dostępu nie został przyjęty. Pozostało { $tries } prób.
   *[other] Ten klucz dostępu nie został przyjęty. Pozostało { $tries } próby.
  }
    .do = Wybierz klucz dostępu ustawiony dla tego konta albo użyj innego sposobu.
passkey-not-made = Nie dodano klucza dostępu. Możesz spróbować ponownie w każdej chwili.
passkey-known = To urządzenie ma już klucz dostępu do Twojego konta.
passkey-reason-method-not-added = Klucz dostępu nie został dodany.
    .do = Dodaj go jeszcze raz.
password-reason-locked = Zbyt wiele razy wpisano niewłaściwe hasło.
    .do = Następna próba będzie możliwa: { $until }. Jeśli nie pamiętasz hasła, zresetuj je albo skontaktuj się z pomocą techniczną.
unsent-reason-sent-too-recently = Nowego kodu jeszcze nie można wysłać.
    .do = Kod będzie można wysłać: { $until }. Do tego czasu użyj innego sposobu, jeśli go masz, albo skontaktuj się z pomocą techniczną.
unsent-reason-too-many-codes = Wysłano już tyle kodów, że na razie nie można wysłać kolejnego.
    .do = Kod będzie można wysłać: { $until }. Do tego czasu użyj innego sposobu, jeśli go masz, albo skontaktuj się z pomocą techniczną.
gate-reason-too-many-from-network = Z Twojej sieci było zbyt wiele prób.
    .do = Klucz dostępu, kod zapasowy i przepustka od pomocy technicznej nadal działają, jeśli je masz. Następna próba będzie możliwa: { $until }. Możesz też użyć innej sieci, na przykład internetu w telefonie. W pilnej sprawie skontaktuj się z pomocą techniczną.
unlock-reason-not-locked = Twoje konto nie jest zablokowane.
    .do = Jeśli nie możesz się zalogować, poproś pomoc techniczną o nowe hasło. W przeciwnym razie po prostu zamknij tę stronę.
gate-recovery = Kod zapasowy
gate-recovery-lead = Wpisz jeden z przechowywanych kodów zapasowych. Każdy działa tylko raz.
gate-recovery-code = Jeden z Twoich kodów zapasowych
gate-recovery-hint = 16 liter i cyfr, na przykład 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Przepustka od pomocy technicznej
gate-pass-lead = Wpisz przepustkę otrzymaną od pomocy technicznej. Działa tylko raz.
gate-pass-code = Przepustka
gate-pass-hint = 10 liter i cyfr, na przykład K7QXM‑2P9TR
gate-code-hint = { $digits } cyfr
gate-code-until = Ważny do { $until }.
gate-code-empty = Wpisz kod.
codes-left = { $left ->
    [0] To był ostatni kod zapasowy. Poproś pomoc techniczną o nowe.
    [one] Pozostał Ci { $left } kod zapasowy.
    [few] Pozostały Ci { $left } kody zapasowe.
    [many] Pozostało Ci { $left } kodów zapasowych.
   *[other] Pozostało Ci { $left } kodu zapasowego.
  }
gate-submit = Dalej
gate-other = Użyj innego sposobu

## Step 3: the new password

password-title = Utwórz nowe hasło
password-new = Nowe hasło
password-repeat = Powtórz nowe hasło
password-show = Pokaż
password-hide = Ukryj
password-show-label = Pokaż hasło
password-hide-label = Ukryj hasło
password-submit = Ustaw nowe hasło
password-empty = Wpisz nowe hasło.
password-mismatch = Hasła nie są takie same. Wpisz je jeszcze raz.
password-rules = Wymagania dla nowego hasła
rule-length = { $minimum ->
    [one] co najmniej { $minimum } znak
    [few] co najmniej { $minimum } znaki
    [many] co najmniej { $minimum } znaków
   *[other] co najmniej { $minimum } znaku
  }
rule-length-so-far = { $length ->
    [one] na razie { $length }
    [few] na razie { $length }
    [many] na razie { $length }
   *[other] na razie { $length }
  }
rule-too-long = { $maximum ->
    [one] najwyżej { $maximum } znak
    [few] najwyżej { $maximum } znaki
    [many] najwyżej { $maximum } znaków
   *[other] najwyżej { $maximum } znaku
  }
rule-characters = bez znaków końca wiersza, tabulatorów i innych znaków sterujących
rule-classes = 3 z tych grup: wielkie litery, małe litery, cyfry, symbole
rule-names = bez części imienia, nazwiska i nazwy użytkownika
rule-match = takie samo w obu polach
rule-history = { $history ->
    [one] Inne niż ostatnie hasło. Zostanie to sprawdzone po wysłaniu.
    [few] Inne niż { $history } ostatnie hasła. Zostanie to sprawdzone po wysłaniu.
    [many] Inne niż { $history } ostatnich haseł. Zostanie to sprawdzone po wysłaniu.
   *[other] Inne niż { $history } ostatniego hasła. Zostanie to sprawdzone po wysłaniu.
  }
rule-kept = spełnione
rule-open = jeszcze niespełnione
rule-too-young = Hasło zostało niedawno zmienione. Kolejna zmiana będzie możliwa: { $until }.

## Working, and the end

working-send = Wysyłamy kod…
working-answer = Sprawdzamy…
working-passkey = Czekamy na klucz dostępu…
working-password = Ustawiamy nowe hasło…
working-extend = Przedłużamy czas…
done-title = Nowe hasło zostało ustawione
done-lead = Organizacja { $tenant } to potwierdziła. Można już zalogować się nowym hasłem.
done-synchronised = W usługach w chmurze zacznie działać w ciągu około dwóch minut.
done-at-once = W usługach w chmurze działa od razu.
done-elsewhere = Telefony i inne urządzenia, które pamiętają stare hasło, poproszą o nowe.
done-close = Możesz zamknąć tę stronę.
start-again = Zacznij od nowa
check-again = Sprawdź, co się stało
reset-there = Zresetuj tam
session-until = Prosimy dokończyć do { $until }.
session-ends = Ze względów bezpieczeństwa ta strona zacznie od nowa o { $until }.
session-extend = Potrzebuję więcej czasu

## The other flows

flows-label = Potrzebujesz czegoś innego?
gate-password = Obecne hasło
gate-password-hint = Także wtedy, gdy wygasło lub trzeba je zmienić
gate-password-empty = Wpisz obecne hasło.
user-name-sent-title = Zajrzyj do skrzynki e-mail
user-name-sent-lead = Jeśli ten adres należy do konta w organizacji { $tenant }, nazwa użytkownika jest już w drodze.
unlocked-title = Konto zostało odblokowane
unlocked-lead = Organizacja { $tenant } to potwierdziła. Można zalogować się dotychczasowym hasłem.

## One's own methods

methods-title = Jak możesz potwierdzić swoją tożsamość
methods-own = Ustawione przez Ciebie
methods-none = Jeszcze nic. Dzięki własnej metodzie zresetujesz hasło także wtedy, gdy nie masz dostępu do poczty.
methods-left = { $left ->
    [0] Nie ma już kodów: utwórz nowe
    [one] Pozostał { $left } kod
    [few] Pozostały { $left } kody
    [many] Pozostało { $left } kodów
   *[other] Pozostało { $left } kodu
  }
methods-recovery = Kody zapasowe
methods-password-hint = To, którego używasz do logowania się na komputerze
methods-kept = Dane organizacji { $tenant }
methods-kept-hint = Jeśli coś się tu nie zgadza, pomoc techniczna może to poprawić.
methods-due = Sprawdź, czy wszystkie te dane są nadal aktualne.
methods-due-confirm = Tak, wszystkie są aktualne
methods-add-authenticator = Dodaj aplikację uwierzytelniającą
methods-add-recovery = Utwórz nowe kody zapasowe
methods-add-passkey = Dodaj klucz dostępu
methods-since = Dodano: { $time }
methods-from = Do użycia od: { $time }. W pilnej sprawie skontaktuj się z pomocą techniczną.
methods-title-passkey = Dodaj klucz dostępu
methods-passkey-lead = Klucz dostępu jest przechowywany na Twoim urządzeniu albo w menedżerze haseł. Używasz go odciskiem palca, twarzą lub kodem PIN urządzenia: niczego nie trzeba pamiętać ani wpisywać.
methods-passkey-use = Dalej na tym urządzeniu
methods-remove = Usuń
methods-remove-sure = Usunąć z Twojego konta?
methods-remove-yes = Tak, usuń
methods-remove-no = Nie, zostaw
methods-added = Ustawiono.
methods-removed = Usunięto. Już nie działa.
methods-confirmed = Dziękujemy. Wszystko zostało potwierdzone.
methods-give-up = Wróć bez dodawania
methods-not-loaded = Nie udało się wczytać części tej strony.
    .do = Sprawdź połączenie i spróbuj ponownie. Wrócisz do tego samego miejsca.
methods-title-authenticator = Dodawanie aplikacji uwierzytelniającej
methods-authenticator-lead = Otwórz w telefonie aplikację uwierzytelniającą i zeskanuj nią ten obraz.
methods-authenticator-picture = Kod QR dla aplikacji uwierzytelniającej
methods-authenticator-open = Albo otwórz w aplikacji na tym urządzeniu
methods-authenticator-no-picture = Nie udało się wczytać obrazka. Zamiast tego przepisz do aplikacji klucz podany niżej.
methods-authenticator-key = Jeśli nie można niczego zeskanować, przepisz do aplikacji ten klucz:
methods-authenticator-then = Następnie wpisz kod wyświetlany w aplikacji dla organizacji { $tenant }.
methods-title-recovery = Zachowaj nowe kody zapasowe
methods-recovery-lead = Każdy kod działa raz, gdy nie ma pod ręką niczego innego. Przechowuj je tam, gdzie tylko Ty je znajdziesz: nie zostaną pokazane ponownie. Gdy przejdziesz dalej, wcześniejsze kody przestaną działać.
methods-recovery-file = Kody zapasowe dla organizacji { $tenant }
methods-kept-them = Kody są zachowane
methods-copy = Kopiuj
methods-copied = Skopiowano.
methods-not-copied = Tekst jest zaznaczony: skopiuj go samodzielnie.
methods-save = Zapisz jako plik tekstowy
methods-saved = Zapisano. Przenieś plik w bezpieczne miejsce.
methods-print = Drukuj
done-methods = Aby zawsze móc odzyskać dostęp:

## When something did not work

unconfirmed = Nie udało się potwierdzić, czy nowe hasło zostało ustawione.
    .do = Wybierz „Sprawdź, co się stało”. Jeśli to nie pomoże, najpierw spróbuj zalogować się nowym hasłem.
not-from-agent = Odpowiedź nie przyszła z własnej sieci organizacji { $tenant }, więc ta strona jej nie ufa.
    .do = Spróbuj ponownie. Jeśli to się powtórzy, zgłoś to pomocy technicznej.
key-not-pinned = Usługa resetowania haseł ma nowy klucz, którego ta witryna jeszcze nie zatwierdziła, dlatego ta strona niczego do niej nie wysyła.
    .do = Nic nie zostało zmienione. Spróbuj ponownie. Jeśli to się powtórzy, zgłoś to pomocy technicznej.
key-not-pinned-doubt = Nie udało się potwierdzić, czy nowe hasło zostało ustawione: usługa resetowania haseł ma nowy klucz, którego ta witryna jeszcze nie zatwierdziła.
    .do = Najpierw spróbuj zalogować się nowym hasłem. Jeśli to się nie uda, zgłoś to pomocy technicznej.
unchanged = Nic nie zostało zmienione. Możesz jeszcze raz wybrać hasło.
