export { DecidedUpTo } from './lib/decided-up-to.js';
export { WarningFeed } from './lib/feed.js';
export { FeedState } from './lib/feed-state.js';
export { SuppressionGate } from './lib/gate.js';
export { GateState } from './lib/gate-state.js';
export { OutcomeState } from './lib/outcome-state.js';
export { TenantPartitioner, tenantPartition } from './lib/partition.js';
export { EventPublisher } from './lib/publisher.js';
