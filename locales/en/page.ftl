# What the server's pages say. These texts stay on the server.

language-name = English
language-label = Language
skip-to-content = Skip to content
needs-script-title = This page needs JavaScript
needs-script = Your password is sealed in your browser before it is sent, and that needs JavaScript and WebAssembly. Without them nothing can be sent from this page.
    .do = Turn JavaScript on, or use a current browser, and reload the page.
script-failed-title = This page could not start
script-failed = A part of this page was blocked, changed on its way, or needs a newer browser. Nothing can be sent from here.
    .do = Reload the page, or use a current browser.
helpdesk-lead = Or ask the helpdesk of { $tenant }:
copy = Copy the support code
copied = Copied
helpdesk-mail = Write to the helpdesk: { $helpdesk }
helpdesk-link = Contact the helpdesk
down-title = Not available right now
not-entitled-title = Not available here
not-found-title = There is no page here
not-found = This address does not belong to any organisation here.
    .do = Check the address, or follow the link that your organisation gave you.
sandbox-link = This is a sandbox. See the accounts and the mailbox
