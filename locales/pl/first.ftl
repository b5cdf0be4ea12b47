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
# On a phone, instead of the names of all steps.
steps-now = Krok { $current } z { $total } · { $step }
identify-title = Resetowanie hasła
identify-lead = Wpisywane dane są szyfrowane w tej przeglądarce. Odczytać je można tylko w sieci organizacji { $tenant }.
identify-name = Nazwa użytkownika
identify-name-hint = Nazwa, której używasz do logowania na komputerze
identify-submit = Dalej
identify-empty = Wpisz nazwę użytkownika.
working-identify = Wyszukiwanie konta…
working-resume = Przywracanie ostatniego kroku…
working-busy = Jeszcze chwila…
working-late = Trwa to dłużej niż zwykle. Nie zamykaj tej strony.
try-again = Spróbuj ponownie
flow-change = Zmiana hasła
flow-unlock = Odblokowanie konta
flow-user-name = Przypomnienie nazwy użytkownika
flow-methods = Metody weryfikacji
user-name-mail = Adres e-mail
user-name-mail-hint = Adres przypisany do Twojego konta w organizacji { $tenant }
user-name-empty = Wpisz adres e-mail.
user-name-no-address = Wpisz adres e-mail, na przykład nazwa@example.com.
user-name-submit = Wyślij nazwę użytkownika
support-code = Kod dla pomocy technicznej: { $code }
offline = Brak połączenia z internetem.
    .do = Niczego nie zmieniono. Sprawdź połączenie i spróbuj ponownie.
