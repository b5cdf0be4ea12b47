# What the server's pages say. These texts stay on the server.

language-name = English
language-label = Language
help-label = Help
skip-to-content = Skip to content
needs-script-title = This page needs JavaScript
needs-script = Your password is encrypted in your browser before it’s sent. That needs JavaScript and WebAssembly; without them, nothing can be sent from this page.
    .do = Turn on JavaScript or use a current browser, then reload the page.
script-failed-title = This page couldn’t start
script-failed = Part of this page was blocked, was changed on its way to you, or needs a newer browser. Nothing can be sent from here.
    .do = Reload the page, or use a current browser.
helpdesk-lead = Or contact { $tenant }’s helpdesk:
copy = Copy support code
copied = Copied
helpdesk-mail = Email the helpdesk: { $helpdesk }
helpdesk-link = Contact the helpdesk
down-title = Not available right now
not-entitled-title = Not available here
not-found-title = Page not found
not-found = There’s nothing at this address.
    .do = Check the address, or use the link your organisation gave you.
# Below the address of an organisation, with a button that leads to its reset page.
not-found-home = Go back to { $tenant }’s password reset page.
sandbox-link = This is a sandbox. See its accounts and mailbox
