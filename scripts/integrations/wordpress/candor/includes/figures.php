<?php
/**
 * Clicks and revenue of articles, fetched by the scheduled run or when the list of posts is opened, and kept for an hour.
 */

defined( 'ABSPATH' ) || exit;

/** array( 'at', 'tried_at', 'from', 'to', 'rows' => path => array( 'clicks', 'revenue' => currency => micro-units ) ) */
function candor_figures() {
	$kept = get_option( 'candor_figures', array() );
	return wp_parse_args( is_array( $kept ) ? $kept : array(), array( 'at' => 0, 'tried_at' => 0, 'from' => '', 'to' => '', 'rows' => array() ) );
}

function candor_refresh_figures( $max_age, $seconds = 8 ) {
	$figures = candor_figures();
	if ( ! candor_is_set_up() || time() - $figures['at'] < $max_age || time() - $figures['tried_at'] < 2 * MINUTE_IN_SECONDS ) {
		return;
	}
	$figures['tried_at'] = time();
	$report              = candor_ask( 'GET', '/reports/articles', array(), null, $seconds );
	if ( ! is_wp_error( $report ) && is_array( $report['data'] ?? null ) ) {
		$figures['at']   = time();
		$figures['from'] = (string) ( $report['from'] ?? '' );
		$figures['to']   = (string) ( $report['to'] ?? '' );
		$figures['rows'] = array();
		foreach ( $report['data'] as $row ) {
			$revenue = array();
			foreach ( $row['revenue'] ?? array() as $part ) {
				$revenue[ (string) $part['currency'] ] = (int) $part['earned_micro'];
			}
			$figures['rows'][ (string) ( $row['path'] ?? '' ) ] = array( 'clicks' => (int) ( $row['clicks'] ?? 0 ), 'revenue' => $revenue );
		}
	}
	update_option( 'candor_figures', $figures, false );
}
