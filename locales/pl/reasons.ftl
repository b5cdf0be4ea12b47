# Every reason: what happened and, in its attribute, what to do. These texts travel to the browser.
# Keys are `reason-` (from the agent) or `problem-` (from the portal) and the stable code.

reason-user-not-found = Nie ma konta o tej nazwie użytkownika.
    .do = Sprawdź pisownię i spróbuj ponownie.
reason-account-ambiguous = Ta nazwa użytkownika należy do więcej niż jednego konta.
    .do = Wpisz ją razem z domeną swojej organizacji, na przykład anna@contoso.example.
reason-account-disabled = To konto jest wyłączone.
    .do = Włączyć je może tylko pomoc techniczna.
reason-account-expired = To konto wygasło.
    .do = Poproś pomoc techniczną o przedłużenie jego ważności.
reason-account-protected = To konto jest objęte szczególną ochroną i nie można go tutaj zmieniać.
    .do = Zwróć się do administratora.
reason-too-few-gates = Dla tego konta nie zapisano wystarczającej liczby sposobów potwierdzenia tożsamości.
    .do = Poproś pomoc techniczną o dodanie do konta adresu e-mail, numeru telefonu lub aplikacji uwierzytelniającej. Metoda dodana w ciągu ostatnich 24 godzin może jeszcze nie działać.
reason-wrong-code = { $tries ->
    [one] To nie jest właściwy kod. Pozostała { $tries } próba.
    [few] To nie jest właściwy kod. Pozostały { $tries } próby.
    [many] To nie jest właściwy kod. Pozostało { $tries } prób.
   *[other] To nie jest właściwy kod. Pozostało { $tries } próby.
  }
    .do = Sprawdź kod i wpisz go jeszcze raz.
reason-code-expired = Ten kod nie jest już ważny.
    .do = Poproś o nowy kod i użyj go w ciągu kilku minut.
reason-code-used = Ten kod został już użyty.
    .do = Wpisz kod, który nie był jeszcze użyty: następny albo inny ze swoich kodów.
reason-locked = Dla tego konta wpisano zbyt wiele niewłaściwych kodów.
    .do = Inne sposoby potwierdzenia nadal działają. Jeśli nie masz innego, następna próba będzie możliwa: { $until }. W pilnej sprawie skontaktuj się z pomocą techniczną.
reason-too-many-codes = Wysłano już tyle kodów, że na razie nie można wysłać kolejnego.
    .do = Ostatni kod działa, dopóki jest ważny. Nowy będzie można wysłać: { $until }. Do tego czasu użyj innego sposobu, jeśli go masz, albo skontaktuj się z pomocą techniczną.
reason-sent-too-recently = Nowego kodu jeszcze nie można wysłać.
    .do = Ostatnio wysłany kod działa, dopóki jest ważny. O nowy możesz poprosić o { $until }.
reason-code-not-sent = W ten sposób nie można teraz wysłać kodu.
    .do = Spróbuj ponownie za kilka minut albo użyj innego sposobu, jeśli go masz. W pilnej sprawie skontaktuj się z pomocą techniczną.
reason-flow-expired = Upłynęło zbyt dużo czasu albo w międzyczasie zmieniono coś na Twoim koncie, więc strona zaczęła od początku.
    .do = Ta strona niczego nie zmieniła. Zacznij od nowa.
reason-message-expired = Żądanie dotarło zbyt późno i nie zostało wykonane.
    .do = Nic nie zostało zmienione. Spróbuj ponownie.
reason-version-mismatch = Ta strona jest nieaktualna.
    .do = Nic nie zostało zmienione. Odśwież stronę i spróbuj ponownie.
reason-in-doubt = Nie udało się potwierdzić, czy nowe hasło zostało ustawione.
    .do = Najpierw spróbuj zalogować się nowym hasłem. Jeśli nie zostanie przyjęte, zacznij od nowa.
reason-too-short = { $minimum ->
    [one] Hasło musi mieć co najmniej { $minimum } znak; długość tego hasła: { $length }.
    [few] Hasło musi mieć co najmniej { $minimum } znaki; długość tego hasła: { $length }.
    [many] Hasło musi mieć co najmniej { $minimum } znaków; długość tego hasła: { $length }.
   *[other] Hasło musi mieć co najmniej { $minimum } znaku; długość tego hasła: { $length }.
  }
    .do = Dodaj jedno lub dwa słowa.
reason-too-long = { $maximum ->
    [one] Hasło może mieć najwyżej { $maximum } znak; długość tego hasła: { $length }.
    [few] Hasło może mieć najwyżej { $maximum } znaki; długość tego hasła: { $length }.
    [many] Hasło może mieć najwyżej { $maximum } znaków; długość tego hasła: { $length }.
   *[other] Hasło może mieć najwyżej { $maximum } znaku; długość tego hasła: { $length }.
  }
    .do = Wybierz krótsze hasło.
reason-too-few-classes = { $needed ->
    [one] Hasło musi zawierać { $needed } rodzaj znaków; w tym haśle jest ich { $found }.
    [few] Hasło musi zawierać { $needed } rodzaje znaków; w tym haśle jest ich { $found }.
    [many] Hasło musi zawierać { $needed } rodzajów znaków; w tym haśle jest ich { $found }.
   *[other] Hasło musi zawierać { $needed } rodzaju znaków; w tym haśle jest ich { $found }.
  }
    .do = Połącz wielkie litery, małe litery, cyfry i symbole.
reason-contains-account-name = Hasło zawiera Twoją nazwę użytkownika.
    .do = Usuń z niego nazwę użytkownika.
reason-contains-display-name = Hasło zawiera część Twojego imienia lub nazwiska.
    .do = Usuń z niego imię i nazwisko.
reason-forbidden-character = Hasło zawiera znak, którego nie można używać w hasłach.
    .do = Wpisz je na klawiaturze zamiast wklejać.
reason-used-before = { $remembered ->
    [0] To hasło było już wcześniej używane.
    [one] To jest Twoje ostatnie hasło.
    [few] To jedno z Twoich ostatnich { $remembered } haseł.
    [many] To jedno z Twoich ostatnich { $remembered } haseł.
   *[other] To jedno z Twoich ostatnich { $remembered } haseł.
  }
    .do = Wybierz hasło, które nie było jeszcze używane.
reason-too-young = Od ostatniej zmiany hasła minęło zbyt mało czasu.
    .do = Kolejna zmiana będzie możliwa: { $until }. W pilnej sprawie skontaktuj się z pomocą techniczną.
reason-filter = Filtr haseł Twojej organizacji nie przyjął tego hasła.
    .do = Wybierz hasło trudniejsze do odgadnięcia, bez popularnych słów.
reason-history-or-filter = Katalog nie przyjął tego hasła: było już używane albo zbyt łatwo je odgadnąć.
    .do = Wybierz hasło, które nie było jeszcze używane i nie zawiera popularnych słów.
reason-banned-word-common = Hasło składa się ze słów lub wzorów, których używa wiele osób.
    .do = Wybierz kilka słów, które nie mają ze sobą nic wspólnego.
reason-banned-word-organisation = Hasło składa się ze słów, na które Twoja organizacja nie zezwala.
    .do = Usuń te słowa albo dodaj kilka takich, które nie są związane z Twoją organizacją.
reason-banned-word-name = Hasło zawiera Twoje imię, nazwisko lub nazwę Twojej organizacji.
    .do = Usuń imiona i nazwy, także te zapisane z cyframi lub symbolami.
reason-known-from-breaches = To hasło jest znane z wycieków danych, więc próbują go atakujący.
    .do = Wybierz hasło, które nie było nigdzie używane. To hasło zmień wszędzie, gdzie go używasz.
reason-directory-unreachable = Nie można teraz połączyć się z katalogiem.
    .do = Nic nie zostało zmienione. Spróbuj ponownie za kilka minut.
reason-agent-lacks-right = Ta usługa nie ma uprawnień do zresetowania Twojego hasła.
    .do = Nic nie zostało zmienione. Zgłoś to pomocy technicznej i podaj kod widoczny poniżej.
reason-policy-unreadable = Nie udało się odczytać wymagań dotyczących hasła do Twojego konta.
    .do = Nic nie zostało zmienione. Zgłoś to pomocy technicznej i podaj kod widoczny poniżej.
reason-clock-wrong = Jeden z zegarów w sieci Twojej organizacji wskazuje nieprawidłowy czas, więc niczego nie można bezpiecznie zmienić.
    .do = Zgłoś to pomocy technicznej i podaj kod widoczny poniżej.
reason-store-unavailable = Usługa nie może teraz zapisać Twoich postępów.
    .do = Nic nie zostało zmienione. Spróbuj ponownie za kilka minut.
reason-internal = Coś poszło nie tak po naszej stronie.
    .do = Spróbuj ponownie. Jeśli to się powtórzy, podaj pomocy technicznej kod widoczny poniżej.
reason-wrong-password = { $tries ->
    [one] To nie jest obecne hasło. Pozostała { $tries } próba.
    [few] To nie jest obecne hasło. Pozostały { $tries } próby.
    [many] To nie jest obecne hasło. Pozostało { $tries } prób.
   *[other] To nie jest obecne hasło. Pozostało { $tries } próby.
  }
    .do = Wpisz je jeszcze raz. Jeśli go nie pamiętasz, użyj resetowania hasła.
reason-not-locked = Twoje konto nie jest zablokowane.
    .do = Jeśli nie możesz się zalogować, potrzebujesz nowego hasła. W przeciwnym razie po prostu zamknij tę stronę.
reason-not-offered = Organizacja { $tenant } nie udostępnia tego tutaj.
    .do = Skontaktuj się z pomocą techniczną.
reason-account-locked = To konto jest zablokowane.
    .do = Odblokuj je albo zresetuj hasło: obie możliwości są na tej stronie.
reason-method-present = Twoje konto ma już metodę tego rodzaju.
    .do = Aby ją wymienić, najpierw usuń dotychczasową.
reason-must-change-first = Zanim przejdziesz dalej, musisz zmienić hasło.
    .do = Wybierz na tej stronie „Zmiana hasła”, a potem wróć.
reason-method-not-added = Aplikacja uwierzytelniająca nie została dodana: jej kody zbyt często były nieprawidłowe.
    .do = Dodaj ją ponownie i sprawdź, czy zegar urządzenia jest ustawiony prawidłowo.
reason-password-elsewhere = Hasłem do tego konta zarządza się gdzie indziej.
    .do = Zresetuj je pod adresem { $place }.
reason-password-not-tried = Obecne hasło nie zostało sprawdzone: kilka kolejnych błędnych prób zablokowałoby konto.
    .do = Zamiast tego zresetuj hasło (obecne nie jest do tego potrzebne) albo skontaktuj się z pomocą techniczną.
reason-too-many-from-network = Z Twojej sieci było zbyt wiele prób.
    .do = Następna próba będzie możliwa: { $until }. Możesz też użyć innej sieci, na przykład internetu w telefonie. W pilnej sprawie skontaktuj się z pomocą techniczną.

problem-tenant-unknown = Ten adres nie należy tu do żadnej organizacji.
    .do = Sprawdź adres albo skorzystaj z linku otrzymanego od swojej organizacji.
problem-service-down = Usługa resetowania haseł organizacji { $tenant } jest teraz niedostępna.
    .do = Nic nie zostało zmienione. Spróbuj ponownie za kilka minut lub skontaktuj się z pomocą techniczną.
problem-tenant-not-entitled = Organizacja { $tenant } nie korzysta z tej usługi.
    .do = Nic nie zostało zmienione. Zapytaj pomoc techniczną, jak zresetować hasło.
problem-no-answer = Odpowiedź nie nadeszła na czas.
    .do = Spróbuj ponownie.
problem-message-expired = Żądanie dotarło zbyt późno i nie zostało wykonane.
    .do = Nic nie zostało zmienione. Spróbuj ponownie.
problem-too-many-requests = Z Twojej sieci nadeszło zbyt wiele żądań.
    .do = Poczekaj minutę i spróbuj ponownie.
problem-not-accepted = Nie udało się otworzyć wiadomości. Być może usługa została w międzyczasie odnowiona.
    .do = Nic nie zostało zmienione. Odśwież stronę i spróbuj ponownie.
problem-malformed = Nie udało się zrozumieć wiadomości.
    .do = Nic nie zostało zmienione. Odśwież stronę i spróbuj ponownie.
problem-too-large = Wiadomość była zbyt duża.
    .do = Nic nie zostało zmienione. Odśwież stronę i spróbuj ponownie.
problem-message-timed-out = Przesyłanie wiadomości trwało zbyt długo.
    .do = Nic nie zostało zmienione. Sprawdź połączenie i spróbuj ponownie.
problem-unsupported-media-type = Wiadomość miała niewłaściwy typ.
    .do = Nic nie zostało zmienione. Odśwież stronę i spróbuj ponownie.
