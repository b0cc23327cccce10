package push.api;

/**
 * All that a hub takes from publishers. Whoever puts a hub together passes it on to those who may publish;
 * one that may not see this package can't call it either, whatever it holds in its hands.
 */
public interface Publisher extends PushPublisher, SessionInvalidator {}
