# Every reason: what happened and, in its attribute, what to do next. These texts travel to the
# browser. Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Nie ma konta o takiej nazwie użytkownika.
    .do = Sprawdź pisownię i spróbuj ponownie.
reason-account-ambiguous = Ta nazwa użytkownika należy do więcej niż jednego konta.
    .do = Wpisz ją razem z domeną swojej organizacji, na przykład anna@contoso.example.
reason-account-disabled = To konto jest wyłączone.
    .do = Włączyć je może tylko pomoc techniczna.
reason-account-expired = To konto wygasło.
    .do = Poproś pomoc techniczną o przedłużenie jego ważności.
reason-account-protected = To konto jest objęte szczególną ochroną i nie można go tutaj zmienić.
    .do = Poproś o pomoc administratora.
reason-too-few-gates = Twoje konto ma za mało metod weryfikacji, aby potwierdzić Twoją tożsamość.
    .do = Poproś pomoc techniczną o dodanie do konta adresu e-mail, numeru telefonu lub aplikacji uwierzytelniającej. Metoda dodana w ciągu ostatnich 24 godzin może jeszcze nie działać.
reason-wrong-code = { $tries ->
    [one] Ten kod jest nieprawidłowy. Pozostała { $tries } próba.
    [few] Ten kod jest nieprawidłowy. Pozostały { $tries } próby.
    [many] Ten kod jest nieprawidłowy. Pozostało { $tries } prób.
   *[other] Ten kod jest nieprawidłowy. Pozostało { $tries } próby.
  }
    .do = Sprawdź kod i wpisz go jeszcze raz.
reason-code-expired = Ten kod jest już nieważny.
    .do = Poproś o nowy kod i użyj go w ciągu kilku minut.
reason-code-used = Ten kod został już użyty.
    .do = Wpisz kod, który nie był jeszcze użyty. Jeśli pochodzi z aplikacji, poczekaj na następny.
reason-locked = Dla tego konta wpisano zbyt wiele błędnych kodów.
    .do = Inne metody nadal działają. Jeśli nie masz żadnej, spróbuj ponownie { $until } albo skontaktuj się z pomocą techniczną.
reason-too-many-codes = Wysłano zbyt wiele kodów.
    .do = Ostatni kod działa, dopóki jest ważny. Nowy kod będzie można wysłać { $until }. Do tego czasu użyj innej metody, jeśli ją masz, albo skontaktuj się z pomocą techniczną.
reason-sent-too-recently = Nie możemy jeszcze wysłać nowego kodu.
    .do = Ostatni kod działa, dopóki jest ważny. Nowy kod można wysłać po { $until }.
reason-code-not-sent = Nie możemy teraz wysłać kodu tą metodą.
    .do = Spróbuj ponownie za kilka minut albo użyj innej metody, jeśli ją masz. W pilnej sprawie skontaktuj się z pomocą techniczną.
reason-flow-expired = Ta strona wróciła do początku, ponieważ minęło zbyt dużo czasu albo w tym czasie zmieniono coś na Twoim koncie.
    .do = Ta strona niczego nie zmieniła. Zacznij od nowa.
reason-message-expired = Żądanie dotarło zbyt późno i nie zostało wykonane.
    .do = Niczego nie zmieniono. Spróbuj ponownie.
reason-version-mismatch = Ta strona jest nieaktualna.
    .do = Niczego nie zmieniono. Odśwież stronę i spróbuj ponownie.
reason-in-doubt = Nie udało się potwierdzić, czy nowe hasło zostało ustawione.
    .do = Najpierw spróbuj zalogować się nowym hasłem. Jeśli nie zadziała, zacznij od nowa.
reason-too-short = { $minimum ->
    [one] Hasło musi mieć co najmniej { $minimum } znak. To hasło ma ich { $length }.
    [few] Hasło musi mieć co najmniej { $minimum } znaki. To hasło ma ich { $length }.
    [many] Hasło musi mieć co najmniej { $minimum } znaków. To hasło ma ich { $length }.
   *[other] Hasło musi mieć co najmniej { $minimum } znaku. To hasło ma ich { $length }.
  }
    .do = Dodaj słowo lub dwa.
reason-too-long = { $maximum ->
    [one] Hasło może mieć najwyżej { $maximum } znak. To hasło ma ich { $length }.
    [few] Hasło może mieć najwyżej { $maximum } znaki. To hasło ma ich { $length }.
    [many] Hasło może mieć najwyżej { $maximum } znaków. To hasło ma ich { $length }.
   *[other] Hasło może mieć najwyżej { $maximum } znaku. To hasło ma ich { $length }.
  }
    .do = Wybierz krótsze hasło.
reason-too-few-classes = { $needed ->
    [one] Hasło musi zawierać { $needed } rodzaj znaków. To hasło ma ich { $found }.
    [few] Hasło musi zawierać { $needed } rodzaje znaków. To hasło ma ich { $found }.
    [many] Hasło musi zawierać { $needed } rodzajów znaków. To hasło ma ich { $found }.
   *[other] Hasło musi zawierać { $needed } rodzaju znaków. To hasło ma ich { $found }.
  }
    .do = Połącz wielkie litery, małe litery, cyfry i symbole.
reason-contains-account-name = Hasło zawiera Twoją nazwę użytkownika.
    .do = Wybierz hasło, które jej nie zawiera.
reason-contains-display-name = Hasło zawiera część Twojego imienia lub nazwiska.
    .do = Wybierz hasło bez imienia i nazwiska.
reason-forbidden-character = Hasło zawiera znak, którego nie można używać w hasłach.
    .do = Usuń go albo wybierz inne hasło.
reason-used-before = { $remembered ->
    [0] To hasło było już używane.
    [one] To Twoje ostatnie hasło.
    [few] To jedno z Twoich { $remembered } ostatnich haseł.
    [many] To jedno z Twoich { $remembered } ostatnich haseł.
   *[other] To jedno z Twoich { $remembered } ostatnich haseł.
  }
    .do = Wybierz hasło, które nie było jeszcze używane.
reason-too-young = Od ostatniej zmiany hasła minęło zbyt mało czasu.
    .do = Kolejna zmiana będzie możliwa { $until }. W pilnej sprawie skontaktuj się z pomocą techniczną.
reason-filter = Filtr haseł Twojej organizacji nie zaakceptował tego hasła.
    .do = Wybierz hasło trudniejsze do odgadnięcia, bez popularnych słów.
reason-history-or-filter = System kont Twojej organizacji nie zaakceptował tego hasła. Było już używane albo zbyt łatwo je odgadnąć.
    .do = Wybierz hasło, które nie było jeszcze używane i nie zawiera popularnych słów.
reason-banned-word-common = Hasło składa się ze słów lub wzorców, których używa wiele osób.
    .do = Wybierz kilka słów, które nie mają ze sobą nic wspólnego.
reason-banned-word-organisation = Hasło składa się ze słów, na które Twoja organizacja nie zezwala.
    .do = Usuń je albo dodaj kilka słów niezwiązanych z Twoją organizacją.
reason-banned-word-name = Hasło zawiera Twoje imię lub nazwisko albo nazwę Twojej organizacji.
    .do = Pomiń imiona i nazwy, także te zapisane z użyciem cyfr lub symboli.
reason-known-from-breaches = To hasło pojawiło się w wyciekach danych, dlatego atakujący próbują go używać.
    .do = Wybierz hasło, którego nie używasz nigdzie indziej. Jeśli używasz tego hasła także w innych miejscach, zmień je i tam.
reason-directory-unreachable = Nie można teraz połączyć się z systemem kont Twojej organizacji.
    .do = Niczego nie zmieniono. Spróbuj ponownie za kilka minut.
reason-agent-lacks-right = Ta usługa nie ma uprawnień do zresetowania Twojego hasła.
    .do = Niczego nie zmieniono. Powiadom pomoc techniczną i podaj kod widoczny poniżej.
reason-policy-unreadable = Nie udało się odczytać wymagań dotyczących hasła do Twojego konta.
    .do = Niczego nie zmieniono. Powiadom pomoc techniczną i podaj kod widoczny poniżej.
reason-clock-wrong = Jeden z zegarów w sieci Twojej organizacji wskazuje nieprawidłowy czas, więc niczego nie można bezpiecznie zmienić.
    .do = Powiadom pomoc techniczną i podaj kod widoczny poniżej.
reason-store-unavailable = Usługa nie może teraz zapisać Twoich postępów.
    .do = Niczego nie zmieniono. Spróbuj ponownie za kilka minut.
reason-internal = Wystąpił błąd po naszej stronie.
    .do = Spróbuj ponownie. Jeśli to się powtórzy, podaj pomocy technicznej kod widoczny poniżej.
reason-wrong-password = { $tries ->
    [one] To nie jest Twoje obecne hasło. Pozostała { $tries } próba.
    [few] To nie jest Twoje obecne hasło. Pozostały { $tries } próby.
    [many] To nie jest Twoje obecne hasło. Pozostało { $tries } prób.
   *[other] To nie jest Twoje obecne hasło. Pozostało { $tries } próby.
  }
    .do = Wpisz je jeszcze raz. Jeśli go nie pamiętasz, zresetuj hasło.
reason-not-locked = Twoje konto nie jest zablokowane.
    .do = Jeśli nie możesz się zalogować, potrzebujesz nowego hasła. W przeciwnym razie możesz zamknąć tę stronę.
reason-not-offered = W organizacji { $tenant } ta opcja nie jest tutaj dostępna.
    .do = Skontaktuj się z pomocą techniczną.
reason-account-locked = To konto jest zablokowane.
    .do = Na tej stronie możesz je odblokować albo zresetować hasło.
reason-method-present = Twoje konto ma już metodę tego rodzaju.
    .do = Aby ją zastąpić, najpierw usuń dotychczasową.
# It quotes `flow-change`.
reason-must-change-first = Zanim przejdziesz dalej, musisz zmienić hasło.
    .do = Wybierz na tej stronie „Zmiana hasła”, a potem wróć tutaj.
reason-method-not-added = Aplikacja uwierzytelniająca nie została dodana, ponieważ wpisano zbyt wiele błędnych kodów.
    .do = Dodaj ją ponownie i sprawdź, czy zegar urządzenia jest ustawiony prawidłowo.
reason-password-elsewhere = Hasłem do tego konta zarządza się gdzie indziej.
    .do = Zresetuj je w tym miejscu: { $place }.
reason-password-not-tried = Obecne hasło nie zostało sprawdzone, ponieważ kilka kolejnych błędnych prób zablokowałoby Twoje konto.
    .do = Zamiast tego zresetuj hasło (obecne nie jest do tego potrzebne) albo skontaktuj się z pomocą techniczną.
reason-too-many-from-network = Z Twojej sieci wykonano zbyt wiele prób.
    .do = Spróbuj ponownie { $until } albo użyj innej sieci, na przykład internetu w telefonie. W pilnej sprawie skontaktuj się z pomocą techniczną.

problem-tenant-unknown = Ten adres nie należy tu do żadnej organizacji.
    .do = Sprawdź adres albo skorzystaj z linku otrzymanego od swojej organizacji.
problem-service-down = Usługa resetowania haseł organizacji { $tenant } jest teraz niedostępna.
    .do = Niczego nie zmieniono. Spróbuj ponownie za kilka minut lub skontaktuj się z pomocą techniczną.
problem-tenant-not-entitled = Organizacja { $tenant } nie korzysta z tej usługi.
    .do = Niczego nie zmieniono. Zapytaj pomoc techniczną, jak zresetować hasło.
problem-no-answer = Odpowiedź nie nadeszła na czas.
    .do = Spróbuj ponownie.
problem-message-expired = Żądanie dotarło zbyt późno i nie zostało wykonane.
    .do = Niczego nie zmieniono. Spróbuj ponownie.
problem-too-many-requests = Z Twojej sieci nadeszło zbyt wiele żądań.
    .do = Poczekaj minutę i spróbuj ponownie.
problem-not-accepted = Nie udało się odczytać żądania. Być może usługa została zaktualizowana lub uruchomiona ponownie.
    .do = Niczego nie zmieniono. Odśwież stronę i spróbuj ponownie.
problem-malformed = Nie udało się przetworzyć żądania.
    .do = Niczego nie zmieniono. Odśwież stronę i spróbuj ponownie.
problem-too-large = Żądanie było zbyt duże.
    .do = Niczego nie zmieniono. Odśwież stronę i spróbuj ponownie.
problem-message-timed-out = Przesyłanie żądania trwało zbyt długo.
    .do = Niczego nie zmieniono. Sprawdź połączenie i spróbuj ponownie.
problem-unsupported-media-type = Żądanie miało nieprawidłowy typ.
    .do = Niczego nie zmieniono. Odśwież stronę i spróbuj ponownie.
