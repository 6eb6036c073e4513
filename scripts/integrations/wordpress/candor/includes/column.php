<?php
/**
 * Columns in the lists of posts and pages: disclosed or not, clicks, revenue.
 */

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', 'candor_add_columns' );
add_action( 'load-edit.php', 'candor_list_opened' );

function candor_add_columns() {
	foreach ( candor_post_types() as $type ) {
		add_filter( "manage_{$type}_posts_columns", 'candor_columns' );
		add_action( "manage_{$type}_posts_custom_column", 'candor_column', 10, 2 );
	}
}

function candor_list_opened() {
	if ( in_array( get_current_screen()->post_type, candor_post_types(), true ) ) {
		candor_refresh_figures( HOUR_IN_SECONDS, 3 );
	}
}

function candor_columns( $columns ) {
	$figures = candor_figures();
	$days    = $figures['from'] ? $figures['from'] . ' – ' . $figures['to'] : __( 'not fetched yet', 'candor' );

	$columns['candor_disclosure'] = esc_html__( 'Disclosure', 'candor' );
	$columns['candor_clicks']     = '<span title="' . esc_attr( $days ) . '">' . esc_html__( 'Clicks', 'candor' ) . '</span>';
	$columns['candor_revenue']    = '<span title="' . esc_attr( $days ) . '">' . esc_html__( 'Revenue', 'candor' ) . '</span>';
	return $columns;
}

function candor_column( $column, $post_id ) {
	if ( 'candor_disclosure' === $column ) {
		list( $text, $title ) = candor_disclosure_state( get_post( $post_id ) );
		echo '<span title="' . esc_attr( $title ) . '">' . esc_html( $text ) . '</span>';
	}
	if ( 'candor_clicks' !== $column && 'candor_revenue' !== $column ) {
		return;
	}
	$row = candor_figures()['rows'][ candor_article_path( get_post( $post_id ) ) ] ?? null;
	if ( null === $row ) {
		echo '—';
	} elseif ( 'candor_clicks' === $column ) {
		echo esc_html( number_format_i18n( $row['clicks'] ) );
	} else {
		echo esc_html( candor_money( $row['revenue'] ) );
	}
}

/** "12.30 USD, 4.00 GBP" of whole micro-units; rounded to the cent for people. */
function candor_money( $revenue ) {
	$parts = array();
	foreach ( $revenue as $currency => $micro ) {
		$parts[] = number_format_i18n( intdiv( $micro + ( $micro < 0 ? -5000 : 5000 ), 10000 ) / 100, 2 ) . ' ' . $currency;
	}
	return $parts ? implode( ', ', $parts ) : '—';
}

/** array( what the list says, why ) */
function candor_disclosure_state( $post ) {
	$state   = get_post_meta( $post->ID, '_candor_state', true );
	$waiting = get_post_meta( $post->ID, '_candor_waiting', true );
	if ( ! candor_is_public( $post ) ) {
		return array( '—', __( 'Processed when it is published.', 'candor' ) );
	}
	if ( is_array( $waiting ) ) {
		return array( __( 'Waiting', 'candor' ), $waiting['reason'] );
	}
	if ( ! is_array( $state ) ) {
		return array( __( 'Not processed yet', 'candor' ), '' );
	}
	switch ( $state['verdict'] ) {
		case 'not-applicable':
			return array( __( 'No paid links', 'candor' ), '' );
		case 'pass':
		case 'warn':
			/* translators: %d: number of links */
			return array( __( 'Disclosed', 'candor' ), sprintf( _n( '%d paid link', '%d paid links', $state['links'], 'candor' ), $state['links'] ) . "\n" . implode( "\n", $state['findings'] ) );
		default:
			return array( __( 'Needs a look', 'candor' ), implode( "\n", $state['findings'] ) );
	}
}
