# Mails. The text part and the HTML part are made of the same words.
mail-question = A question? Answer this email, or write to us and name order { $number }:
mail-question-account = A question? Answer this email, or write to us:
mail-never = We never ask for your PIN or your password.

mail-order-subject = Order { $number }: { $plan }, { $amount }
mail-order-preview = Your order is kept. It waits for its payment.
mail-order-badge = Not paid yet
mail-order-head = We have your order
mail-order-text = Thank you, { $name }. Your order waits for { $amount } by mobile money. If you are paying at this moment, you need not do anything: we write as soon as it has arrived.
mail-order-button = Pay { $amount }
mail-order-note = If you entered your PIN already, do not pay again. A payment that comes late still counts.

mail-paid-subject = Payment received: { $amount } for { $plan }
mail-paid-preview = Reference { $reference }. We are setting up your hosting now.
mail-paid-preview-plain = We are setting up your hosting now.
mail-paid-badge = Paid
mail-paid-head = We received { $amount }
mail-paid-text = Thank you, { $name }. We are setting up { $domain } now and write again when it is ready, usually within minutes.
mail-paid-text-plain = Thank you, { $name }. We are setting up your hosting now and write again when it is ready, usually within minutes.
mail-paid-text-finish = Thank you, { $name }. Your payment is recorded. Start the set-up on your page when you like: one button, and it takes about a minute.
mail-paid-button = See your order
mail-paid-note = Nothing is taken by itself when your time ends: mobile money moves only when you enter your PIN.

mail-ready-subject = { $domain } is ready
mail-ready-preview = Open the control panel and add your website and mailboxes.
mail-ready-badge = Active
mail-ready-head = Your hosting is ready
mail-ready-text = Thank you for waiting, { $name }. { $domain } is set up. Open the control panel from your page: one button, no second password.
mail-ready-button = Open your hosting
mail-ready-note = Your password is not in this email. You see it on your page, after you enter the password of your account.
mail-ready-temporary = This is a temporary address. You put your own domain on it when you have one.

mail-delayed-subject = { $domain }: setting up takes longer than usual
mail-delayed-preview = Your payment is recorded and we are on it.
mail-delayed-badge = Being set up
mail-delayed-head = Setting up takes longer than usual
mail-delayed-text = { $name }, your payment is recorded and we are on it. You need not do anything and you need not pay again. We write to you when it is ready.
mail-delayed-button = See your order

mail-staff-subject = Set-up failed: { $domain }, order { $number }
mail-staff-preview = { $reason }
mail-staff-badge = Needs attention
mail-staff-head = The set-up of { $domain } failed
mail-staff-text = { $n ->
    [one] One try came to nothing.
   *[other] All { $n } tries came to nothing.
} The customer has paid, and reads that it takes longer than usual. Look at it in the desktop app, under Attention.
mail-staff-reason = Reason
mail-staff-email = Email
mail-staff-footer = Written by the portal to its staff.

# In place of a name, in a mail to an address that was never confirmed.
mail-no-name = dear customer
