# The page of advice: what to do when something is in the way. These texts stay on the server.

help-title = Pomoc s heslem
help-lead = Co dělat, když něco nejde, a proč to tak je.
help-code-title = Kód nepřišel
help-code = Minutu počkejte a podívejte se i do spamu. Pak zvolte „Poslat nový kód“; platí ten nejnovější. Pokud je u nás uvedena vaše stará adresa nebo číslo, opraví je technická podpora.
help-device-title = Máte nový telefon, nebo jste ho ztratili
help-device = Zvolte „Použít jiný způsob“ a ověřte se jinak. Pokud jiný způsob nemáte, pomůže technická podpora. Ztrátu telefonu jí oznamte hned, aby se jím nemohl ověřit někdo jiný.
help-password-title = Nové heslo nebylo přijato
help-password = Stránka řekne, které pravidlo není splněno. Tři nebo čtyři slova, která spolu nesouvisejí, jsou dlouhá, silná a dobře se pamatují; vynechte své jméno a hesla, která jste už používali. Pokud se heslo měnilo teprve nedávno, stránka řekne, kdy ho půjde změnit znovu.
help-devices-title = Nové heslo je nastavené, ale některé zařízení ho odmítá
help-devices = Telefony, poštovní programy a síťové disky znají ještě to staré a zkoušejí ho stále dokola, což může váš účet zamknout. Zadejte nové heslo i v nich.
help-locked-title = Váš účet je zamčený
help-locked = Pokud účet zamkla nesprávná hesla, obnovení hesla ho odemkne. Po příliš mnoha nesprávných kódech tato stránka další nepřijímá, nejvýše den, a řekne do kdy; jiné způsoby dál fungují. Pokud to spěchá, obraťte se na technickou podporu.
help-questions-title = Proč tu nejsou kontrolní otázky
help-questions = Jméno psa nebo název školy lze zjistit, uhodnout, nebo zapomenout. Kód, který dostanete jen vy, o vás vypovídá mnohem víc. Dnešní standardy už takové otázky nedovolují.
help-real-title = Je tato stránka pravá?
help-real = Podívejte se na adresní řádek: musí v něm být přesně ta adresa, kterou vám dala vaše organizace. Přicházejte sem ze stránek své organizace nebo adresu napište a neotvírejte odkazy ze zpráv, které jste nečekali. Nikdo, ani technická podpora, po vás nikdy nebude chtít heslo ani kód, který vám přišel.
help-sealed-title = Zašifrováno ve vašem prohlížeči
help-sealed = Uživatelské jméno, kódy i heslo se šifrují už zde. Nepřečte je ani tento web, ani nikdo po cestě.
help-helpdesk-title = Nic z toho nepomáhá
help-helpdesk = Technická podpora organizace { $tenant }:
help-back = Zpět k obnovení hesla
