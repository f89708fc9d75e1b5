# A lost password, an address to confirm, the second step of signing in.
forgot-link = Forgot it?
forgot-title = Forgot your password?
forgot-lead = Enter the email of your account. We mail you a link to choose a new password.
forgot-button = Mail me a link
forgot-back = Back to sign in
forgot-sent-title = Look into your mailbox
forgot-sent = If there is an account with { $email }, a link is on its way. It works once, for 60 minutes.
forgot-sent-nothing = Nothing after a few minutes? Look among the spam, and check that the address is right.
forgot-again = Try again

link-invalid = This link is wrong, was used already, or is older than 60 minutes.
reset-title = Choose a new password
reset-lead = You sign in with it from now on. All your devices are signed out.
reset-button = Save the new password
reset-invalid-title = This link does not work any more
reset-new-link = Mail me a new link
reset-done-title = Your new password is set
reset-done = All your devices are signed out. Sign in with the new password.

verify-title-ready = Confirm your email
verify-text-ready = One tap, and we know that our news reaches you here.
verify-title-done = Your email is confirmed
verify-text-done = Receipts and news about your services reach you there.
verify-title-invalid = This link does not work any more
verify-text-invalid = It is wrong, was used already, or is older than 60 minutes. If your email is confirmed, you need not do anything.
verify-button = Confirm this email
verify-on = To my overview
verify-new-link = Mail me a new link
verify-sign-in = Sign in for a new link
verify-send = Mail me the link
verify-again = Mail it again
verify-call = Confirm { $email }.
verify-sent = We have mailed a link to { $email }.
verify-sent-text = Open it within 60 minutes. Nothing there? Look among the spam.

confirm-title = Is it you?
confirm-lead = What comes next is important for your account. Enter your password to go on.
confirm-button = Go on

code-title = Enter your code
code-lead = Open the authenticator app on your phone and enter the code that it shows for this account.
code-lost = No phone at hand? Use a recovery code
code-recover = Sign in with a recovery code
code-other = Sign in as somebody else

invitation-title = Choose your password
invitation-lead = You sign in with it from now on.
invitation-invalid = It is wrong, was used already, or is older than 7 days. Ask for a link to choose a password.

email-change-title-ready = A new email for your account
email-change-text-ready = Our staff were asked to change it. Did you ask for it?
email-change-title-confirmed = The email of your account is changed
email-change-text-confirmed = Sign in with the new one from now on. We have mailed a link there to confirm it.
email-change-title-cancelled = Nothing is changed
email-change-text-cancelled = Your account keeps its email. If you do not know who asked for another one, write to us.
email-change-title-invalid = This link does not work any more
email-change-text-invalid = It is wrong or was used already, or the change has taken effect or was cancelled.
email-change-new = New:
email-change-reason = Reason: { $reason }
email-change-when = If you do nothing, it takes effect on { $time }.
email-change-confirm = I asked for it: change it now
email-change-cancel = I did not: cancel it
