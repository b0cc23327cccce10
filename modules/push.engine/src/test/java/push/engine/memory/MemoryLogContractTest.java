package push.engine.memory;

import logcontract.LogContract;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;

class MemoryLogContractTest extends LogContract {

    @Override
    protected EventLog open(LogContext context) {
        return new MemoryLogProvider().open(context);
    }
}
