package push.engine;

/** The parts of a hub that a subscription needs. */
record HubParts(
        HubConfig config,
        EngineRuntime runtime,
        LogTail log,
        LogHealth logHealth,
        DispatcherGroup dispatchers,
        SubscriptionListener listener) {}
