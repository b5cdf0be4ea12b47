# What the scripts say that other sites load (embed.js, postern-reset.js). They are the same for every
# tenant, because a site can pin them.

embed-title = Resetowanie hasła
pin-script = Skrypt tego formularza nie jest tym, który zatwierdziła ta witryna, dlatego nie został uruchomiony.
    .do = Nic nie zostało wysłane. Powiadom pomoc techniczną.
pin-wasm = Program tego formularza nie jest tym, który zatwierdziła ta witryna, dlatego nie został uruchomiony.
    .do = Nic nie zostało wysłane. Powiadom pomoc techniczną.
pin-key = Klucz, którym zostałoby zaszyfrowane Twoje hasło, nie jest tym, który zatwierdziła ta witryna, dlatego nic nie zostało uruchomione.
    .do = Nic nie zostało wysłane. Powiadom pomoc techniczną.
pin-unreachable = Z tej strony nie można połączyć się z usługą resetowania haseł.
    .do = Sprawdź połączenie i odśwież stronę. Jeśli to nie pomoże, skontaktuj się z pomocą techniczną.
pin-down = Usługa resetowania haseł jest teraz niedostępna.
    .do = Nic nie zostało zmienione. Spróbuj ponownie za kilka minut lub skontaktuj się z pomocą techniczną.
pin-start = Nie udało się uruchomić tego formularza.
    .do = Odśwież stronę lub użyj aktualnej przeglądarki.
pin-setup = Ten formularz nie jest poprawnie skonfigurowany: { $attribute } – brak wartości lub jest ona niewłaściwa.
    .do = Powiadom osoby, które opiekują się tą witryną.
