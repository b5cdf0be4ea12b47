# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Resetowanie hasła
pin-script = Skrypt tego formularza różni się od zatwierdzonego przez tę witrynę, dlatego nie został uruchomiony.
    .do = Niczego nie wysłano. Powiadom pomoc techniczną.
pin-wasm = Program tego formularza różni się od zatwierdzonego przez tę witrynę, dlatego nie został uruchomiony.
    .do = Niczego nie wysłano. Powiadom pomoc techniczną.
pin-key = Klucz do szyfrowania hasła różni się od zatwierdzonego przez tę witrynę, dlatego niczego nie uruchomiono.
    .do = Niczego nie wysłano. Powiadom pomoc techniczną.
pin-unreachable = Z tej strony nie można połączyć się z usługą resetowania haseł.
    .do = Sprawdź połączenie i odśwież stronę. Jeśli to nie pomoże, skontaktuj się z pomocą techniczną.
pin-down = Usługa resetowania haseł jest teraz niedostępna.
    .do = Niczego nie zmieniono. Spróbuj ponownie za kilka minut lub skontaktuj się z pomocą techniczną.
pin-start = Nie udało się uruchomić tego formularza.
    .do = Odśwież stronę lub użyj aktualnej przeglądarki.
pin-setup = Ten formularz nie jest poprawnie skonfigurowany: brakuje wartości { $attribute } lub jest ona nieprawidłowa.
    .do = Powiadom osoby, które opiekują się tą witryną.
