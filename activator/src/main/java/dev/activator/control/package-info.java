/**
 * The control API: what a super-server shows and lets people ask for, as HTTP/JSON on one Unix socket. The socket is watched by the
 * loop; a connection is served by a thread of its own, which lasts as long as it does. Depends on listener-registry and on
 * Jackson's streaming writer; never on the server's machines, which it reaches through {@link dev.activator.control.Operations} alone.
 */
@NullMarked
package dev.activator.control;

import org.jspecify.annotations.NullMarked;
