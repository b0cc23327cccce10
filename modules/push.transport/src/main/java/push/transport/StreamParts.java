package push.transport;

import limits.RequestBudget;
import push.engine.Hub;
import push.transport.gate.BufferPool;
import push.transport.gate.StreamSupervisor;

/** The objects that all push streams share. */
record StreamParts(
        Hub hub,
        RequestBudget budget,
        StreamLimits limits,
        StreamSupervisor supervisor,
        TransportObserver observer,
        DeliveryTracer tracer,
        BufferPool buffers,
        ThreadLocal<SharedFrames> frames) {}
