# The page of advice: what to do when something goes wrong. These texts stay on the server.

help-title = Pomoc dotycząca hasła
help-lead = Co zrobić w razie problemów i skąd się one biorą.
help-code-title = Kod nie dociera
# It quotes `gate-mail-resend`.
help-code = Odczekaj minutę i sprawdź folder ze spamem. Potem wybierz „Wyślij nowy kod”: działa tylko najnowszy kod. Jeśli adres lub numer, na który wysyłany jest kod, jest nieaktualny, pomoc techniczna może go poprawić.
help-device-title = Nowy lub utracony telefon
# It quotes `gate-other`.
help-device = Wybierz „Użyj innej metody” i potwierdź nią swoją tożsamość. Jeśli nie masz innej metody, skontaktuj się z pomocą techniczną. Utratę telefonu zgłoś jej od razu, aby nikt nie mógł się nim posłużyć i podszyć się pod Ciebie.
help-password-title = Nowe hasło nie jest akceptowane
help-password = Strona pokazuje, które wymaganie nie jest spełnione. Trzy lub cztery niezwiązane ze sobą słowa tworzą hasło długie, silne i łatwe do zapamiętania. Pomiń swoje imię i nazwisko oraz hasła używane wcześniej. Jeśli hasło zostało niedawno zmienione, strona pokazuje, kiedy możliwa będzie kolejna zmiana.
help-devices-title = Urządzenie odrzuca nowe hasło
help-devices = Telefony, aplikacje pocztowe i dyski sieciowe mogą nadal pamiętać stare hasło i próbować go raz za razem, co może zablokować konto. Wpisz nowe hasło także w nich.
help-locked-title = Twoje konto jest zablokowane
help-locked = Jeśli konto zostało zablokowane z powodu błędnych haseł, zresetowanie hasła na tej stronie je odblokuje. Po zbyt wielu błędnych kodach strona nie przyjmuje kolejnych, maksymalnie przez dobę, i pokazuje, kiedy możesz spróbować ponownie. Inne metody nadal działają. W pilnej sprawie skontaktuj się z pomocą techniczną.
help-questions-title = Dlaczego nie ma pytań pomocniczych
help-questions = Imię psa czy nazwę szkoły można ustalić, odgadnąć albo zapomnieć. Kod, który dociera tylko do Ciebie, znacznie lepiej potwierdza, że to Ty. Obecne standardy nie dopuszczają już takich pytań.
help-real-title = Czy ta strona jest prawdziwa?
help-real = Sprawdź pasek adresu: musi zawierać dokładnie ten adres, który podała Twoja organizacja, co do litery. Wchodź tu ze stron swojej organizacji albo wpisuj adres i nie otwieraj linków z wiadomości, których się nie spodziewasz. Nikt, nawet pomoc techniczna, nigdy nie poprosi Cię o hasło ani o kod, który do Ciebie wysłano.
help-sealed-title = Szyfrowanie w przeglądarce
help-sealed = Twoja nazwa użytkownika, kody i hasło są szyfrowane już tutaj. Nie odczyta ich ani ta witryna, ani nikt po drodze.
help-helpdesk-title = Nadal masz problem?
help-helpdesk = Skontaktuj się z pomocą techniczną organizacji { $tenant }:
help-back = Wróć do resetowania hasła
