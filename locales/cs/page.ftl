# What the server's pages say. These texts stay on the server.

language-name = Čeština
language-label = Jazyk
help-label = Pomoc
skip-to-content = Přejít k obsahu
needs-script-title = Tato stránka potřebuje JavaScript
needs-script = Heslo se ještě před odesláním šifruje ve vašem prohlížeči. K tomu je potřeba JavaScript a WebAssembly; bez nich z této stránky nelze nic odeslat.
    .do = Zapněte JavaScript nebo použijte aktuální prohlížeč a potom stránku načtěte znovu.
script-failed-title = Stránku se nepodařilo spustit
script-failed = Část této stránky byla zablokována, cestou k vám se změnila nebo vyžaduje novější prohlížeč. Odtud nelze nic odeslat.
    .do = Načtěte stránku znovu nebo použijte aktuální prohlížeč.
helpdesk-lead = Nebo se obraťte na technickou podporu organizace { $tenant }:
copy = Kopírovat kód pro podporu
copied = Zkopírováno
helpdesk-mail = Napsat technické podpoře: { $helpdesk }
helpdesk-link = Kontaktovat technickou podporu
down-title = Služba teď není dostupná
not-entitled-title = Služba tu není k dispozici
not-found-title = Stránka nenalezena
not-found = Na této adrese nic není.
    .do = Zkontrolujte adresu nebo použijte odkaz, který jste dostali od své organizace.
# Below the address of an organisation, with a button that leads to its reset page.
not-found-home = Vraťte se na stránku pro obnovení hesla organizace { $tenant }.
sandbox-link = Toto je sandbox. Zobrazit jeho účty a poštovní schránku
