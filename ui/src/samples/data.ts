// Sample data of a small company, with the types of the API.
export * from './data/base';
export * from './data/orders';
export * from './data/services';
export * from './data/users';
export * from './data/attention';
export * from './data/audit';
export * from './data/dashboard';
