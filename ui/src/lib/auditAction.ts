// The names of audit actions on the screen.
import { words } from './format';

/** Actions whose stored name is not their name on the screen. */
const labels: { [action: string]: string } = {
  'user.signed_in': 'Signed in',
  'user.signed_out': 'Signed out',
  'user.reset_asked': 'Password reset requested',
  'user.two_factor_on': 'Two-factor authentication enabled',
  'user.two_factor_off': 'Two-factor authentication disabled',
  'user.recovery_codes_made': 'Recovery codes generated',
  'user.impersonation_asked': 'Impersonation requested',
  'user.impersonated': 'Impersonation started',
  'user.impersonation_ended': 'Impersonation ended',
  'staff.signed_in': 'Signed in',
  'staff.signed_out': 'Signed out',
  'staff.device_revoked': 'Device signed out',
  'order.given_up': 'Order failed',
  'payment.lost': 'Payment request not answered',
  'payment.still_waiting': 'Payment pending',
  'payment.did_fail': 'Payment failed',
  'payment.was_cancelled': 'Payment cancelled',
  'payment.given_up': 'Payment unresolved',
  'service.password_shown': 'Password shown',
  'service.credentials_sent': 'Credentials sent',
  'service.credentials_kept': 'Credentials saved for offline use',
  'service.credentials_dropped': 'Saved credentials removed',
  'service.try_started': 'Set-up attempt started',
  'service.shown': 'Service active',
  'service.given_up': 'Setup failed',
  'service.asked_again': 'Re-provision requested',
  'service.resumed': 'Service activated',
  'export.taken': 'Data exported',
};

/** `service.given_up` as `Setup failed`; others by their words, like `Order placed`. */
export const auditAction = (action: string) => labels[action] ?? words(action);
