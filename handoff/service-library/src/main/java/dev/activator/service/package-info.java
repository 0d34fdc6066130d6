/**
 * What a Java service embeds to work under Activator, systemd or any other super-server with their protocols: it receives the sockets that
 * wait for it, and says how it is doing. It knows nothing of the super-server's own code, uses no Netty, and starts no thread.
 *
 * <pre>{@code
 * ListenFds sockets = ListenFds.inherited();
 * ServerSocketChannel web = sockets.serverSocketOrBind("web", new InetSocketAddress(8080));
 * ...
 * SdNotify.ofEnvironment().ready();
 * }</pre>
 *
 * <p>Its system calls go through {@code java.lang.foreign} from JDK 22 on, and through jffi before.
 */
@NullMarked
package dev.activator.service;

import org.jspecify.annotations.NullMarked;
