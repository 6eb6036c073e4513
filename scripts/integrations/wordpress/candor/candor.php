<?php
/**
 * Plugin Name:       Candor
 * Description:       Discloses affiliate links when a post is saved, leads them through your own redirects and shows what each post earned. Needs a Candor server somewhere.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            The Candor developers
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       candor
 *
 * The MIT licence is compatible with WordPress' own, GPL-2.0-or-later.
 */

defined( 'ABSPATH' ) || exit;

const CANDOR_VERSION = '0.1.0';
const CANDOR_TICK    = 'candor_tick';

require __DIR__ . '/includes/api.php';
require __DIR__ . '/includes/markup.php';
require __DIR__ . '/includes/content.php';
require __DIR__ . '/includes/process.php';
require __DIR__ . '/includes/figures.php';
require __DIR__ . '/includes/picker.php';
if ( is_admin() ) {
	require __DIR__ . '/includes/settings.php';
	require __DIR__ . '/includes/column.php';
}

register_deactivation_hook( __FILE__, 'candor_deactivate' );

function candor_deactivate() {
	wp_clear_scheduled_hook( CANDOR_TICK );
}

add_action( 'init', 'candor_schedule' );

function candor_schedule() {
	if ( candor_is_set_up() && ! wp_next_scheduled( CANDOR_TICK ) ) {
		wp_schedule_event( time() + 60, 'candor_minutes', CANDOR_TICK );
	}
}

// phpcs:ignore WordPress.WP.CronInterval.ChangeDetected
add_filter( 'cron_schedules', 'candor_cron_schedules' );

function candor_cron_schedules( $schedules ) {
	$schedules['candor_minutes'] = array(
		'interval' => 5 * MINUTE_IN_SECONDS,
		'display'  => __( 'Every five minutes (Candor)', 'candor' ),
	);
	return $schedules;
}

/** The kinds of content that are articles. */
function candor_post_types() {
	/** @param string[] $types Post types whose content is disclosed and counted. */
	return (array) apply_filters( 'candor_post_types', array( 'post', 'page' ) );
}

/** The path an article is known by: Candor and the site's readers see the same one. */
function candor_article_path( $post ) {
	$path = wp_parse_url( (string) get_permalink( $post ), PHP_URL_PATH );
	return is_string( $path ) && '' !== $path ? $path : '/';
}

/** True when a post's readers reach it under a path of its own, as they do once it is published. */
function candor_is_public( $post ) {
	return $post instanceof WP_Post && 'publish' === $post->post_status && in_array( $post->post_type, candor_post_types(), true );
}
