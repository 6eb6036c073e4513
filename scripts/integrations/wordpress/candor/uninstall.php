<?php
/**
 * Removes everything the plugin has stored. Posts are as their authors wrote them.
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

foreach ( array( 'candor_settings', 'candor_fallback', 'candor_figures', 'candor_sweep' ) as $candor_option ) {
	delete_option( $candor_option );
}
foreach ( array( '_candor_pages', '_candor_seen', '_candor_state', '_candor_waiting', '_candor_revision' ) as $candor_key ) {
	delete_post_meta_by_key( $candor_key );
}
delete_transient( 'candor_down' );
foreach ( get_users( array( 'fields' => 'ids', 'capability' => 'manage_options' ) ) as $candor_user ) {
	delete_transient( 'candor_told_' . $candor_user );
}
wp_clear_scheduled_hook( 'candor_tick' );
