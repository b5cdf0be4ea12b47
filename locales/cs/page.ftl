# What the server's pages say. These texts stay on the server.

language-name = Čeština
language-label = Jazyk
skip-to-content = Přejít k obsahu
needs-script-title = Tato stránka potřebuje JavaScript
needs-script = Heslo se před odesláním šifruje přímo ve vašem prohlížeči a k tomu je potřeba JavaScript a WebAssembly. Bez nich se z této stránky nedá nic odeslat.
    .do = Zapněte JavaScript nebo použijte aktuální prohlížeč a stránku načtěte znovu.
script-failed-title = Stránku se nepodařilo spustit
script-failed = Část stránky byla zablokována, cestou změněna, nebo potřebuje novější prohlížeč. Nic se odtud nedá odeslat.
    .do = Načtěte stránku znovu nebo použijte aktuální prohlížeč.
helpdesk-lead = Nebo se obraťte na technickou podporu organizace { $tenant }:
copy = Zkopírovat kód pro podporu
copied = Zkopírováno
helpdesk-mail = Napsat technické podpoře: { $helpdesk }
helpdesk-link = Obrátit se na technickou podporu
down-title = Služba teď není dostupná
not-entitled-title = Tady není k dispozici
not-found-title = Tady žádná stránka není
not-found = Tato adresa tu nepatří žádné organizaci.
    .do = Zkontrolujte adresu nebo použijte odkaz, který jste dostali od své organizace.
sandbox-link = Toto je sandbox. Zobrazit účty a poštovní schránku
