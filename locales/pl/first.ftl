# What the page says at its first step, and without an answer. These texts are in the page itself:
# few bytes count.

page-title = Resetowanie hasła
# The browser tab's title: what is being done, then where.
document-title = { $step } – { $tenant }
steps-label = Postęp
step-identify = Nazwa użytkownika
step-gates = Weryfikacja
step-password = Nowe hasło
step-methods = Metody
step-passed = ukończono
identify-title = Resetowanie hasła
identify-lead = Wpisywane dane są szyfrowane już w tej przeglądarce i może je odczytać tylko własna sieć organizacji { $tenant }.
identify-name = Nazwa użytkownika
identify-name-hint = Nazwa używana do logowania się na komputerze
identify-submit = Dalej
identify-empty = Wpisz nazwę użytkownika.
working-identify = Szukamy konta…
working-resume = Wracamy do przerwanego kroku…
working-busy = Prosimy o chwilę cierpliwości…
try-again = Spróbuj ponownie
flow-change = Zmiana hasła
flow-unlock = Odblokowanie konta
flow-user-name = Przypomnienie nazwy użytkownika
flow-methods = Ustawienia metod weryfikacji
user-name-mail = Adres e-mail
user-name-mail-hint = Adres zapisany przy Twoim koncie w organizacji { $tenant }
user-name-empty = Wpisz adres e-mail.
user-name-submit = Wyślij nazwę użytkownika
support-code = Kod zgłoszenia { $code }
offline = To urządzenie nie ma połączenia z internetem.
    .do = Nic nie zostało zmienione. Sprawdź połączenie i spróbuj ponownie.
