# What the reset page says. These texts travel to the browser.
# { $tenant } is the organisation's name; { $helpdesk } its helpdesk's email address or link.

page-title = Resetowanie hasła
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }

## The step indicator

steps-label = Postęp
step-identify = Nazwa użytkownika
step-gates = Weryfikacja
step-password = Nowe hasło
step-passed = ukończono

## Step 1: who you are

identify-title = Resetowanie hasła
identify-lead = Wpisywane dane są szyfrowane już w tej przeglądarce i może je odczytać tylko własna sieć organizacji { $tenant }.
identify-name = Nazwa użytkownika
identify-name-hint = Nazwa używana do logowania się na komputerze
identify-submit = Dalej
identify-empty = Wpisz nazwę użytkownika.

## Step 2: gates

gates-title = Potwierdź swoją tożsamość
gates-choose = Wybierz sposób potwierdzenia tożsamości.
gates-second = Jeszcze jedno potwierdzenie i będzie można ustawić nowe hasło.
gates-position = Potwierdzenie { $current } z { $total }
gate-mail = Kod e-mailem
gate-mail-to = Wyślemy kod na adres { $address }.
gate-mail-send = Wyślij kod
gate-mail-sent = Kod został wysłany na adres { $address }. Może dotrzeć dopiero po chwili.
gate-mail-resend = Wyślij nowy kod
gate-mail-code = Kod z wiadomości e-mail
gate-authenticator = Aplikacja uwierzytelniająca
gate-authenticator-lead = Otwórz aplikację uwierzytelniającą i wpisz kod wyświetlany dla organizacji { $tenant }.
gate-authenticator-code = Kod z aplikacji
gate-code-hint = 6 cyfr
gate-code-until = Ważny do { $until }.
gate-code-empty = Wpisz 6 cyfr kodu.
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
rule-classes = 3 z tych grup: wielkie litery, małe litery, cyfry, symbole
rule-names = bez części imienia, nazwiska i nazwy użytkownika
rule-match = takie samo w obu polach
rule-on-submit = To, czy hasło było już używane, zostanie sprawdzone po wysłaniu.
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

working-identify = Szukamy konta…
working-send = Wysyłamy kod…
working-answer = Sprawdzamy kod…
working-password = Ustawiamy nowe hasło…
working-resume = Wracamy do przerwanego kroku…
working-extend = Przedłużamy czas…
done-title = Nowe hasło zostało ustawione
done-lead = Organizacja { $tenant } to potwierdziła. Można już zalogować się nowym hasłem.
done-elsewhere = Telefony i inne urządzenia, które pamiętają stare hasło, poproszą o nowe.
done-close = Możesz zamknąć tę stronę.
start-again = Zacznij od nowa
try-again = Spróbuj ponownie
check-again = Sprawdź, co się stało
session-until = Prosimy dokończyć do { $until }.
session-ends = Ze względów bezpieczeństwa ta strona zacznie od nowa o { $until }.
session-extend = Potrzebuję więcej czasu

## When something did not work

support-code = Kod dla pomocy technicznej { $code }
offline = To urządzenie nie ma połączenia z internetem.
    .do = Nic nie zostało zmienione. Sprawdź połączenie i spróbuj ponownie.
unconfirmed = Nie udało się potwierdzić, czy nowe hasło zostało ustawione.
    .do = Wybierz „Sprawdź, co się stało”. Jeśli to nie pomoże, najpierw spróbuj zalogować się nowym hasłem.
not-from-agent = Odpowiedź nie przyszła z własnej sieci organizacji { $tenant }, więc ta strona jej nie ufa.
    .do = Spróbuj ponownie. Jeśli to się powtórzy, zgłoś to pomocy technicznej.
unchanged = Nic nie zostało zmienione. Możesz jeszcze raz wybrać hasło.
