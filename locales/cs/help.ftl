# The page of advice: what to do when something goes wrong. These texts stay on the server.

help-title = Pomoc s heslem
help-lead = Co dělat, když se něco nedaří, a proč k tomu dochází.
help-code-title = Kód nedorazil
# It quotes `gate-mail-resend`.
help-code = Chvíli počkejte a podívejte se do složky nevyžádané pošty. Potom zvolte „Poslat nový kód“: platí jen ten nejnovější. Pokud u nás máte uvedenou starou adresu nebo číslo, technická podpora je opraví.
help-device-title = Nový nebo ztracený telefon
# It quotes `gate-other`.
help-device = Zvolte „Použít jiný způsob“ a potvrďte, že jste to vy. Pokud jiný způsob nemáte, obraťte se na technickou podporu. Ztrátu telefonu jí oznamte hned, aby se za vás nemohl vydávat nikdo jiný.
help-password-title = Nové heslo nebylo přijato
help-password = Stránka zobrazí, které pravidlo není splněné. Tři nebo čtyři slova, která spolu nesouvisejí, jsou dohromady dlouhá, silná a dobře se pamatují. Vynechte své jméno i hesla, která jste už používali. Pokud se heslo měnilo teprve nedávno, stránka uvede, kdy ho můžete změnit znovu.
help-devices-title = Zařízení nové heslo odmítá
help-devices = Telefony, e-mailové aplikace a síťové disky mohou mít uložené staré heslo a zkoušet ho stále dokola, což může váš účet zamknout. Zadejte nové heslo i v nich.
help-locked-title = Váš účet je zamčený
help-locked = Pokud se účet zamkl kvůli nesprávným heslům, obnovení hesla na této stránce ho odemkne. Po příliš mnoha nesprávných kódech stránka další kódy až jeden den nepřijímá a uvede, kdy to můžete zkusit znovu. Jiné způsoby ověření dál fungují. Pokud to spěchá, obraťte se na technickou podporu.
help-questions-title = Proč tu nejsou kontrolní otázky
help-questions = Jméno psa nebo název školy lze zjistit, uhodnout i zapomenout. Kód, který dostanete jen vy, dokazuje mnohem spolehlivěji, že jste to vy. Současné standardy už takové otázky nepřipouštějí.
help-real-title = Je tato stránka pravá?
help-real = Podívejte se do adresního řádku: adresa se musí do posledního písmene shodovat s tou, kterou vám dala vaše organizace. Přicházejte sem ze stránek své organizace nebo adresu zadejte ručně a neotvírejte odkazy ze zpráv, které jste nečekali. Nikdo, ani technická podpora, po vás nikdy nebude chtít heslo ani kód, který vám přišel.
help-sealed-title = Zašifrováno ve vašem prohlížeči
help-sealed = Uživatelské jméno, kódy i heslo se šifrují už tady. Nepřečte je ani tento web, ani nikdo po cestě.
help-helpdesk-title = Nic nepomohlo?
help-helpdesk = Obraťte se na technickou podporu organizace { $tenant }:
help-back = Zpět na obnovení hesla
