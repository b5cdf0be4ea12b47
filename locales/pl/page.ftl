# What the server's pages say. These texts stay on the server.

language-name = Polski
language-label = Język
help-label = Pomoc
skip-to-content = Przejdź do treści
needs-script-title = Ta strona wymaga JavaScriptu
needs-script = Twoje hasło jest szyfrowane w przeglądarce jeszcze przed wysłaniem. Potrzebne są do tego JavaScript i WebAssembly; bez nich nie można niczego wysłać z tej strony.
    .do = Włącz JavaScript lub użyj aktualnej przeglądarki, a potem odśwież stronę.
script-failed-title = Nie udało się uruchomić strony
script-failed = Część tej strony została zablokowana, została po drodze zmieniona albo wymaga nowszej przeglądarki. Nie można stąd niczego wysłać.
    .do = Odśwież stronę lub użyj aktualnej przeglądarki.
helpdesk-lead = Możesz też skontaktować się z pomocą techniczną organizacji { $tenant }:
copy = Skopiuj ten kod
copied = Skopiowano
helpdesk-mail = Napisz do pomocy technicznej: { $helpdesk }
helpdesk-link = Skontaktuj się z pomocą techniczną
down-title = Usługa jest teraz niedostępna
not-entitled-title = Usługa nie jest tu dostępna
not-found-title = Nie znaleziono strony
not-found = Pod tym adresem niczego nie ma.
    .do = Sprawdź adres albo skorzystaj z linku otrzymanego od swojej organizacji.
# Below the address of an organisation, with a button that leads to its reset page.
not-found-home = Wróć na stronę resetowania hasła organizacji { $tenant }.
sandbox-link = To jest piaskownica. Zobacz jej konta i skrzynkę pocztową
