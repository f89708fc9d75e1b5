# The order form, its fields and what can be wrong with them.
checkout-title = Order { $plan }
checkout-description = Order web hosting and pay by mobile money.
checkout-pay = Pay
checkout-promise = Next, your phone asks for your PIN. Nothing is taken before that, and nothing by itself later.
checkout-have-account = Have an account?
checkout-have-account-end = ; what you typed stays.
checkout-known = Ordering as <b>{ $name }</b>, { $email }

field-domain = Your domain
field-domain-hint = Like kahawakibo.co.tz. No domain yet? Leave it empty; you get a temporary address.
field-name = Your name
field-email = Email
field-email-hint = For your receipt and your hosting details.
field-phone = Mobile money number
field-phone-hint = The payment request goes to this phone. Any network.
field-own-phone = Mobile number
field-new-password = Choose a password
field-new-password-hint = At least 10 characters. You sign in with it later.
field-password = Password
field-account-password = Your account password
field-next-password = New password
field-next-password-hint = At least 10 characters.
field-next-password-others = At least 10 characters. Your other devices are signed out.
field-current-password = Present password
field-new-email = New email
field-new-email-hint = We mail you a link to confirm it, and tell your old address.
field-next-phone = New mobile number
field-code = Code
field-code-hint = 6 digits. The app shows a new code every 30 seconds.
field-first-code = Code that the app shows now
field-recovery = Recovery code
field-recovery-hint = One of those that you kept. Each works once.

problems-title = { $n ->
    [one] There is a problem
   *[other] There are { $n } problems
}
problem-name = Enter your name
problem-name-long = Use at most { $n } characters for your name
problem-email = Enter an email address like neema@example.com
problem-email-taken = This email has an account already. Sign in to go on; what you typed stays.
problem-email-taken-link = Sign in
problem-email-registered = This email has an account already. Sign in instead.
problem-phone = Enter all 10 digits of your number, like 0754 318 206
problem-domain = Enter a domain like kahawakibo.co.tz, without http:// and without a path
problem-domain-taken = This domain is on our servers already. If it is yours, write to us; else enter another one or leave it empty
problem-months = Choose for how many months you pay
problem-password-short = Choose a password of at least 10 characters
problem-password-long = Choose a password of at most { $n } characters
problem-password-common = Many people use this password. Choose one that is harder to guess
problem-password-empty = Enter your password
problem-sign-in = This email and password do not belong together. Check both and try again
problem-sign-in-later = There were too many tries. Try again at { $time }
problem-password-wrong = That is not the password of your account. Try again
problem-form = Something is not right here. Check it and send it again
problem-plan-gone = This plan is not sold any more. Choose another one
problem-too-many = There were too many orders from your network. Try again at { $time }
problem-disabled = This account is closed. Write to us if you need it
problem-email-used = Another account has this email. Enter another one
problem-email-same = This is your email already. Enter another one
problem-phone-same = This is your number already. Enter another one
problem-password-same = Choose a password that is not your present one
problem-code-empty = Enter the 6 digits of the code
problem-code = This code is wrong or was used already. Enter the one that your app shows now
problem-recovery-wrong = This recovery code is wrong or was used already. Try another one
problem-sign-in-expired = Too much time has passed. Sign in again
problem-mails-later = We have sent you several links already. Look into your mailbox, or try again at { $time }
