/**
 * The guided tour: declares services of three kinds in a directory of its own, runs a super-server over them through the launcher, visits
 * them as a client and measures. One thread; everything that it makes is gone when {@link dev.activator.demo.Demo} returns. Knows the
 * super-server only through the command line and the control API.
 */
@NullMarked
package dev.activator.demo;

import org.jspecify.annotations.NullMarked;
