# What the server's pages say. These texts stay on the server.

language-name = Polski
language-label = Język
skip-to-content = Przejdź do treści
needs-script-title = Ta strona wymaga obsługi JavaScriptu
needs-script = Hasło jest szyfrowane w Twojej przeglądarce jeszcze przed wysłaniem, a do tego potrzebne są JavaScript i WebAssembly. Bez nich z tej strony nie da się nic wysłać.
    .do = Włącz obsługę JavaScriptu lub użyj aktualnej przeglądarki i odśwież stronę.
script-failed-title = Nie udało się uruchomić tej strony
script-failed = Część tej strony została zablokowana, zmieniona po drodze lub wymaga nowszej przeglądarki. Nic nie da się stąd wysłać.
    .do = Odśwież stronę lub użyj aktualnej przeglądarki.
helpdesk-lead = Możesz też zwrócić się do pomocy technicznej organizacji { $tenant }:
copy = Skopiuj kod zgłoszenia
copied = Skopiowano
helpdesk-mail = Napisz do pomocy technicznej: { $helpdesk }
helpdesk-link = Skontaktuj się z pomocą techniczną
down-title = Usługa jest teraz niedostępna
not-entitled-title = Usługa niedostępna
not-found-title = Nie ma tu żadnej strony
not-found = Ten adres nie należy tu do żadnej organizacji.
    .do = Sprawdź adres albo skorzystaj z linku otrzymanego od swojej organizacji.
sandbox-link = To jest piaskownica. Zobacz konta i skrzynkę pocztową
