# What the reset page says from its second step on. These texts travel to the browser, but not
# before they are needed.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.
# The `-any-` texts are shown for every user name alike: they must not tell whether an account exists.

## On the way

# After the user name, which stands before it: the way back to step 1.
not-you = To nie Ty?
start-again-sure = Jeśli zaczniesz od nowa, trzeba będzie ponownie potwierdzić tożsamość.
start-again-no = Zostań tutaj

## Step 2: gates

gates-title = Potwierdź swoją tożsamość
gates-choose = Wybierz metodę, aby przejść dalej.
# Neutral: some flows end without a new password.
gates-second = Potrzebne jest jeszcze jedno potwierdzenie tożsamości.
gates-position = Potwierdzenie { $current } z { $total }
gate-mail = Kod e-mailem
gate-mail-to = Wyślemy kod na adres { $address }.
gate-mail-any-to = Jeśli to konto istnieje, wyślemy kod na wszystkie adresy e-mail przypisane do niego w organizacji { $tenant }.
gate-mail-send = Wyślij kod
gate-mail-sent = Wysłaliśmy kod na adres { $address }. Może dotrzeć z niewielkim opóźnieniem.
gate-mail-any-sent = Jeśli to konto istnieje i ma adres e-mail, wysłaliśmy kod. Może dotrzeć z niewielkim opóźnieniem.
gate-mail-resend = Wyślij nowy kod
gate-mail-resent = O { $time } wysłaliśmy nowy kod. Działa tylko najnowszy.
gate-mail-waiting = Wiadomość jeszcze nie dotarła? Sprawdź folder ze spamem i upewnij się, że powyższy adres należy do Ciebie.
gate-mail-any-waiting = Wiadomość jeszcze nie dotarła? Sprawdź folder ze spamem i pisownię nazwy użytkownika.
gate-mail-code = Kod z wiadomości e-mail
gate-authenticator = Aplikacja uwierzytelniająca
gate-authenticator-lead = Otwórz aplikację uwierzytelniającą i wpisz kod wyświetlany dla organizacji { $tenant }.
gate-authenticator-code = Kod z aplikacji
gate-sms = Kod SMS-em
gate-sms-to = Wyślemy kod SMS-em na numer { $address }.
gate-sms-any-to = Jeśli to konto istnieje, wyślemy kod SMS-em na numery przypisane do niego w organizacji { $tenant }.
gate-sms-sent = Wysłaliśmy kod SMS-em na numer { $address }. Może dotrzeć z niewielkim opóźnieniem.
gate-sms-any-sent = Jeśli to konto istnieje i ma numer telefonu komórkowego, wysłaliśmy kod SMS-em. Może dotrzeć z niewielkim opóźnieniem.
gate-sms-waiting = SMS jeszcze nie dotarł? Upewnij się, że powyższy numer należy do Ciebie, a telefon ma zasięg.
gate-sms-any-waiting = SMS jeszcze nie dotarł? Sprawdź pisownię nazwy użytkownika i upewnij się, że telefon ma zasięg.
gate-sms-code = Kod z SMS-a
gate-voice = Kod podany przez telefon
gate-voice-to = Zadzwonimy na numer { $address } i podamy kod.
gate-voice-any-to = Jeśli to konto istnieje, zadzwonimy na numery przypisane do niego w organizacji { $tenant } i podamy kod.
gate-voice-send = Zadzwoń do mnie
gate-voice-sent = Dzwonimy na numer { $address }. Odbierz telefon i zapisz kod.
gate-voice-any-sent = Jeśli to konto istnieje i ma numer telefonu, właśnie dzwonimy. Odbierz telefon i zapisz kod.
gate-voice-resend = Zadzwoń ponownie
# Where nobody is told whether the account exists; for every method.
gate-any-resent = Poproszono o nowy kod o { $time }. Działa tylko najnowszy kod.
gate-voice-resent = O { $time } zadzwoniliśmy ponownie. Działa tylko najnowszy kod.
gate-voice-waiting = Telefon nie dzwoni? Upewnij się, że powyższy numer należy do Ciebie, a telefon nie jest wyciszony ani zajęty.
gate-voice-any-waiting = Telefon nie dzwoni? Sprawdź pisownię nazwy użytkownika i upewnij się, że telefon nie jest wyciszony ani zajęty.
gate-voice-code = Kod z rozmowy telefonicznej
gate-passkey = Klucz dostępu
gate-passkey-lead = Wybierz klucz dostępu utworzony dla organizacji { $tenant }. Urządzenie poprosi o odcisk palca, skan twarzy lub kod PIN.
gate-passkey-use = Użyj klucza dostępu
passkey-old = Ta przeglądarka nie obsługuje kluczy dostępu.
passkey-elsewhere = Klucze dostępu działają tylko na samej stronie resetowania hasła, nie tutaj.
passkey-cancelled = Nie użyto klucza dostępu. Spróbuj ponownie albo użyj innej metody.
passkey-failed = Klucz dostępu nie zadziałał. Spróbuj ponownie albo użyj innej metody.
passkey-reason-wrong-code = { $tries ->
    [one] Ten klucz dostępu nie został zaakceptowany. Pozostała { $tries } próba.
    [few] Ten klucz dostępu nie został zaakceptowany. Pozostały { $tries } próby.
    [many] Ten klucz dostępu nie został zaakceptowany. Pozostało { $tries } prób.
   *[other] Ten klucz dostępu nie został zaakceptowany. Pozostało { $tries } próby.
  }
    .do = Wybierz klucz dostępu utworzony dla tego konta albo użyj innej metody.
passkey-not-made = Nie dodano klucza dostępu. Możesz spróbować ponownie w dowolnej chwili.
passkey-known = To urządzenie ma już klucz dostępu do Twojego konta.
passkey-reason-method-not-added = Klucz dostępu nie został dodany.
    .do = Dodaj go jeszcze raz.
password-reason-locked = Zbyt wiele razy wpisano błędne hasło.
    .do = Możesz spróbować ponownie { $until }. Jeśli nie pamiętasz hasła, zresetuj je albo skontaktuj się z pomocą techniczną.
unsent-reason-sent-too-recently = Nie możemy jeszcze wysłać nowego kodu.
    .do = Nowy kod można wysłać po { $until }. Do tego czasu użyj innej metody, jeśli ją masz, albo skontaktuj się z pomocą techniczną.
unsent-reason-too-many-codes = Wysłano zbyt wiele kodów.
    .do = Nowy kod będzie można wysłać { $until }. Do tego czasu użyj innej metody, jeśli ją masz, albo skontaktuj się z pomocą techniczną.
gate-reason-too-many-from-network = Z Twojej sieci wykonano zbyt wiele prób.
    .do = Jeśli masz klucz dostępu, kod zapasowy lub kod jednorazowy od pomocy technicznej, możesz go nadal użyć. W przeciwnym razie spróbuj ponownie { $until } albo użyj innej sieci, na przykład internetu w telefonie. W pilnej sprawie skontaktuj się z pomocą techniczną.
gate-recovery = Kod zapasowy
gate-recovery-lead = Wpisz jeden ze swoich kodów zapasowych. Każdy działa tylko raz.
gate-recovery-code = Twój kod zapasowy
gate-recovery-hint = 16 liter i cyfr, na przykład 7K3M‑01PQ‑ZX90‑4ABC
gate-pass = Kod od pomocy technicznej
gate-pass-lead = Wpisz kod jednorazowy otrzymany od pomocy technicznej.
gate-pass-code = Kod od pomocy technicznej
gate-pass-hint = 10 liter i cyfr, na przykład K7QXM‑2P9TR
gate-code-hint = { $digits } cyfr
gate-code-until = Ważny do { $until }.
gate-code-empty = Wpisz kod.
gate-code-length = Kod ma { $digits } cyfr. Sprawdź go i wpisz jeszcze raz.
gate-code-expired = Ten kod już wygasł. Wyślij nowy.
# Where another tab of this page asked for a code later: each tab takes its own alone. Shown for every
# user name alike, so it does not say that a code was sent.
gate-other-tab = O { $time } poproszono o nowszy kod w innej karcie lub innym oknie. Działa on tylko tam. Tutaj wpisz kod, o który poproszono o { $sent }.
# The time of the code that is right here is not known, or is the same minute.
gate-other-tab-before = O { $time } poproszono o nowszy kod w innej karcie lub innym oknie. Działa on tylko tam. Tutaj wpisz kod, o który poproszono wcześniej.
# The advice before the last attempt, by what comes after it.
last-try-of-code = Sprawdź go dokładnie. Jeśli znów będzie błędny, potrzebny będzie nowy kod.
last-try-of-flow = Sprawdź go dokładnie. Jeśli znów będzie błędny, trzeba będzie zacząć od początku.
last-try = Sprawdź go dokładnie. Jeśli znów będzie błędny, tej metody będzie można użyć dopiero po pewnym czasie.
codes-left = { $left ->
    [0] To był ostatni kod zapasowy. Poproś pomoc techniczną o nowe.
    [one] Pozostał Ci { $left } kod zapasowy.
    [few] Pozostały Ci { $left } kody zapasowe.
    [many] Pozostało Ci { $left } kodów zapasowych.
   *[other] Pozostało Ci { $left } kodu zapasowego.
  }
gate-submit = Dalej
gates-more = Więcej metod
gate-other = Użyj innej metody

## Step 3: the new password

password-title = Utwórz nowe hasło
password-new = Nowe hasło
password-repeat = Powtórz nowe hasło
password-show = Pokaż
password-hide = Ukryj
password-show-label = Pokaż hasło
password-hide-label = Ukryj hasło
password-submit = Ustaw nowe hasło
caps-lock = Klawisz Caps Lock jest włączony.
password-empty = Wpisz nowe hasło.
password-mismatch = Hasła nie są takie same. Wpisz je jeszcze raz.
# Every rule continues this heading.
password-rules = Wymagania dotyczące nowego hasła:
rule-length = { $minimum ->
    [one] co najmniej { $minimum } znak
    [few] co najmniej { $minimum } znaki
    [many] co najmniej { $minimum } znaków
   *[other] co najmniej { $minimum } znaku
  }
# In brackets after `rule-length`.
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
rule-classes = co najmniej 3 z tych rodzajów znaków: wielkie litery, małe litery, cyfry, symbole
rule-names = bez nazwy użytkownika oraz fragmentów imienia i nazwiska
# Below the second field, in a list of its own.
rule-match = Hasła w obu polach są takie same
rule-history = { $history ->
    [one] inne niż ostatnie hasło (sprawdzimy po wysłaniu)
    [few] inne niż { $history } ostatnie hasła (sprawdzimy po wysłaniu)
    [many] inne niż { $history } ostatnich haseł (sprawdzimy po wysłaniu)
   *[other] inne niż { $history } ostatniego hasła (sprawdzimy po wysłaniu)
  }
# The state of a rule, in brackets after it, for screen readers.
rule-kept = spełnione
rule-open = jeszcze niespełnione
rule-broken = niespełnione
rule-too-young = Hasło zostało niedawno zmienione. Kolejna zmiana będzie możliwa { $until }.

## Working, and the end

working-send = Wysyłanie kodu…
working-answer = Sprawdzanie…
working-passkey = Oczekiwanie na klucz dostępu…
working-password = Ustawianie nowego hasła…
working-extend = Przedłużanie czasu…
done-title = Nowe hasło zostało ustawione
done-lead = Potwierdziła to organizacja { $tenant }. Możesz się już zalogować nowym hasłem.
done-synchronised = W usługach w chmurze zacznie działać w ciągu około dwóch minut.
done-at-once = W usługach w chmurze działa od razu.
done-elsewhere = Telefony i inne urządzenia, które nadal używają starego hasła, poproszą o nowe.
sign-in = Zaloguj się
done-close = Możesz zamknąć tę stronę.
start-again = Zacznij od nowa
check-again = Sprawdź, co się stało
reset-there = Przejdź do resetowania
# After more time was asked for.
session-until = Masz teraz czas do { $until }.
session-ends = Ze względów bezpieczeństwa o { $until } ta strona wróci do początku.
session-extend = Potrzebuję więcej czasu

## The other flows

flows-label = Potrzebujesz czegoś innego?
gate-password = Obecne hasło
gate-password-hint = Nawet jeśli wygasło lub wymaga zmiany
gate-password-empty = Wpisz obecne hasło.
user-name-sent-title = Sprawdź pocztę e-mail
user-name-sent-lead = Jeśli ten adres należy do konta w organizacji { $tenant }, wysłaliśmy na niego nazwę użytkownika.
not-locked-title = Twoje konto nie jest zablokowane
not-locked-lead = Nie trzeba niczego odblokowywać. Możesz się zalogować obecnym hasłem.
not-locked-reset = Nie pamiętasz hasła? Możesz teraz utworzyć nowe.
unlocked-title = Konto zostało odblokowane
unlocked-lead = Potwierdziła to organizacja { $tenant }. Możesz się zalogować obecnym hasłem.

## The user's own security methods

methods-title = Twoje metody weryfikacji
methods-own = Ustawione przez Ciebie
methods-none = Na razie nic. Dodaj metodę, dzięki której zresetujesz hasło nawet bez dostępu do poczty e-mail.
methods-left = { $left ->
    [0] Brak kodów – utwórz nowe
    [one] Pozostał { $left } kod
    [few] Pozostały { $left } kody
    [many] Pozostało { $left } kodów
   *[other] Pozostało { $left } kodu
  }
methods-recovery = Kody zapasowe
methods-password-hint = Hasło, którego używasz do logowania na komputerze
methods-kept = Zarządzane przez organizację { $tenant }
methods-kept-hint = Jeśli coś się tu nie zgadza, pomoc techniczna może to poprawić.
methods-due = Sprawdź, czy wszystko jest tu nadal aktualne.
methods-due-confirm = Tak, wszystko się zgadza
methods-add-authenticator = Dodaj aplikację uwierzytelniającą
methods-add-recovery = Utwórz kody zapasowe
methods-add-passkey = Dodaj klucz dostępu
methods-since = Dodano { $time }
methods-from = Do użycia od { $time }. Jeśli to za późno, skontaktuj się z pomocą techniczną.
methods-title-passkey = Nowy klucz dostępu
methods-passkey-lead = Klucz dostępu jest przechowywany na urządzeniu lub w menedżerze haseł. Używasz go za pomocą odcisku palca, skanu twarzy lub kodu PIN urządzenia, więc nie musisz niczego pamiętać ani przepisywać.
methods-passkey-use = Użyj tego urządzenia
methods-remove = Usuń
methods-remove-sure = Usunąć tę metodę z konta?
methods-remove-yes = Tak, usuń
methods-remove-no = Nie, zostaw
# Some new methods work only from the next day on (`methods-from`): this must not say “now”.
methods-added = Dodano do Twojego konta.
methods-removed = Usunięto. Ta metoda już nie działa.
methods-confirmed = Dziękujemy. Wszystko zostało potwierdzone.
# The button that leaves the methods, and the last screen.
methods-done = Gotowe
methods-finished-title = Wszystko gotowe
methods-finished-lead = Twoje metody weryfikacji są aktualne.
# The button to go on was pressed before the codes were copied, saved or printed.
recovery-not-kept = Najpierw zapisz swoje kody zapasowe.
    .do = Skopiuj je, zapisz w pliku lub wydrukuj. Nie pokażemy ich ponownie.
methods-give-up = Anuluj
methods-not-loaded = Nie udało się wczytać części tej strony.
    .do = Sprawdź połączenie i spróbuj ponownie. Wrócisz do tego samego miejsca.
methods-title-authenticator = Nowa aplikacja uwierzytelniająca
methods-authenticator-lead = Otwórz w telefonie aplikację uwierzytelniającą i zeskanuj ten kod QR.
methods-authenticator-picture = Kod QR dla aplikacji uwierzytelniającej
methods-authenticator-open = Albo otwórz w aplikacji na tym urządzeniu
methods-authenticator-no-picture = Nie udało się wczytać kodu QR. Zamiast tego wpisz w aplikacji klucz podany poniżej.
methods-authenticator-key = Nie możesz zeskanować kodu? Wpisz w aplikacji ten klucz:
methods-authenticator-then = Następnie wpisz kod wyświetlany w aplikacji dla organizacji { $tenant }.
methods-title-recovery = Zapisz kody zapasowe
methods-recovery-lead = Użyj jednego z nich, gdy nie możesz skorzystać z innej metody. Każdy kod działa tylko raz. Przechowuj je tam, gdzie tylko Ty je znajdziesz: nie pokażemy ich ponownie. Gdy przejdziesz dalej, wcześniejsze kody przestaną działać.
methods-recovery-file = Kody zapasowe do konta w organizacji { $tenant }
methods-kept-them = Kody zapisane
methods-copy = Kopiuj
methods-copied = Skopiowano.
methods-not-copied = Nie udało się skopiować automatycznie. Tekst jest zaznaczony i gotowy do skopiowania.
methods-save = Zapisz jako plik tekstowy
methods-saved = Zapisano. Przenieś plik w bezpieczne miejsce.
methods-print = Drukuj
done-methods = Zadbaj o dostęp do konta na przyszłość:

## When something did not work

# It quotes `check-again`.
unconfirmed = Nie udało się potwierdzić, czy nowe hasło zostało ustawione.
    .do = Wybierz „Sprawdź, co się stało”. Jeśli to nie pomoże, spróbuj zalogować się nowym hasłem.
not-from-agent = Odpowiedź nie pochodziła z sieci organizacji { $tenant }, dlatego została odrzucona.
    .do = Spróbuj ponownie. Jeśli to się powtórzy, powiadom pomoc techniczną.
key-not-pinned = Usługa resetowania haseł ma nowy klucz szyfrowania, którego ta witryna jeszcze nie zatwierdziła, dlatego ta strona niczego do niej nie wyśle.
    .do = Niczego nie zmieniono. Spróbuj ponownie. Jeśli to się powtórzy, powiadom pomoc techniczną.
key-not-pinned-doubt = Nie udało się potwierdzić, czy nowe hasło zostało ustawione: usługa resetowania haseł ma nowy klucz szyfrowania, którego ta witryna jeszcze nie zatwierdziła.
    .do = Spróbuj zalogować się nowym hasłem. Jeśli to się nie uda, powiadom pomoc techniczną.
unchanged = Niczego nie zmieniono. Możesz ponownie ustawić nowe hasło.
