# The page of advice: what to do when something is in the way. These texts stay on the server.

help-title = Pomoc w sprawie hasła
help-lead = Co zrobić, gdy coś się nie udaje, i dlaczego tak jest.
help-code-title = Kod nie przychodzi
help-code = Odczekaj minutę i zajrzyj też do spamu. Potem wybierz „Wyślij nowy kod”; liczy się najnowszy. Jeśli zapisany adres lub numer jest nieaktualny, poprawi go pomoc techniczna.
help-device-title = Masz nowy telefon albo telefon zginął
help-device = Wybierz „Użyj innego sposobu” i potwierdź swoją tożsamość inaczej. Jeśli innego sposobu nie ma, pomoże pomoc techniczna. Utratę telefonu zgłoś jej od razu, żeby nikt inny nie mógł się nim posłużyć.
help-password-title = Nowe hasło nie zostało przyjęte
help-password = Strona podaje regułę, która nie jest spełniona. Trzy lub cztery słowa, które nie mają ze sobą nic wspólnego, są długie, silne i łatwe do zapamiętania; pomiń swoje imię i nazwisko oraz hasła używane wcześniej. Jeśli hasło zmieniono niedawno, strona podaje, kiedy będzie można zmienić je ponownie.
help-devices-title = Nowe hasło jest ustawione, ale jakieś urządzenie go nie przyjmuje
help-devices = Telefony, programy pocztowe i dyski sieciowe znają jeszcze stare hasło i próbują go raz za razem, co może zablokować konto. Wpisz nowe hasło także w nich.
help-locked-title = Twoje konto jest zablokowane
help-locked = Jeśli konto zablokowały błędne hasła, zresetowanie hasła tutaj je odblokuje. Po zbyt wielu niewłaściwych kodach ta strona przez najwyżej dobę nie przyjmuje kolejnych i podaje, do kiedy; inne sposoby nadal działają. W pilnej sprawie skontaktuj się z pomocą techniczną.
help-questions-title = Dlaczego nie ma pytań zabezpieczających
help-questions = Imię psa czy nazwę szkoły można poznać, odgadnąć albo zapomnieć. Kod, który dociera tylko do Ciebie, znacznie lepiej potwierdza, że to Ty. Dzisiejsze standardy nie dopuszczają już takich pytań.
help-real-title = Czy ta strona jest prawdziwa?
help-real = Spójrz na pasek adresu: musi w nim być dokładnie ten adres, który podała Twoja organizacja. Wchodź tu ze stron swojej organizacji albo wpisuj adres i nie otwieraj linków z niespodziewanych wiadomości. Nikt, nawet pomoc techniczna, nigdy nie poprosi Cię o hasło ani o kod, który do Ciebie wysłano.
help-sealed-title = Szyfrowanie w Twojej przeglądarce
help-sealed = Nazwa użytkownika, kody i hasło są szyfrowane już tutaj. Nie odczyta ich ani ta witryna, ani nikt po drodze.
help-helpdesk-title = Nic z tego nie pomaga
help-helpdesk = Pomoc techniczna organizacji { $tenant }:
help-back = Wróć do resetowania hasła
