/**
 * The edge to the kernel: the C library's functions with raw ints and memory, and Netty's epoll handle. Nothing here
 * decides, throws for an errno, or keeps state; only this package touches {@code com.kenai.jffi} and
 * {@code io.netty.channel.epoll}. The functions may be called on any thread.
 */
@NullMarked
package dev.activator.listener.kernel;

import org.jspecify.annotations.NullMarked;
