/** Metrics in the formats of Prometheus and OpenMetrics, made of pictures of the super-server. Loaded when somebody asks first. Any thread. */
@NullMarked
package dev.activator.metrics;

import org.jspecify.annotations.NullMarked;
