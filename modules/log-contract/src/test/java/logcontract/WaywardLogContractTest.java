package logcontract;

import push.engine.spi.EventLog;
import push.engine.spi.LogContext;

class WaywardLogContractTest extends LogContract {

    @Override
    protected EventLog open(LogContext context) {
        return new WaywardLog("e", 5_000_000, context.clock());
    }
}
