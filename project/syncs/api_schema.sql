-- The API's database, as far as the syncs reach into it. The API's own migrations make these tables elsewhere; a private
-- Postgres gets them from here, before its first sync. Running it again changes nothing.

create sequence if not exists instagram_account_id_seq;

create table if not exists instagram_account (
  id bigint not null default nextval('instagram_account_id_seq'),
  ig_id text not null,
  handle text,
  full_name text,
  biography text,
  profile_pic_url text,
  external_url text,
  category text,
  language text,
  country text,
  city text,
  gender text,
  profile_type text,
  is_private boolean,
  is_verified boolean,
  is_business boolean,
  is_connected boolean,
  is_blacklisted boolean,
  followers bigint,
  following bigint,
  follower_group text,
  leaderboard_rank bigint,
  post_count bigint,
  avg_posts_per_week double precision,
  last_post_at timestamptz,
  top_post_shortcode text,
  avg_likes double precision,
  avg_comments double precision,
  avg_plays double precision,
  likes_to_comment_ratio double precision,
  likes_spread double precision,
  reels_reach double precision,
  reels_impressions double precision,
  image_reach double precision,
  image_impressions double precision,
  story_count bigint,
  story_reach double precision,
  reach_30d bigint,
  profile_views_30d bigint,
  comments_rate double precision,
  engagement_rate double precision,
  followers_growth7d double precision,
  followers_growth30d double precision,
  followers_growth90d double precision,
  audience_origin text,
  audience_gender jsonb,
  audience_age jsonb,
  audience_city jsonb,
  audience_language jsonb,
  audience_authencity double precision,
  audience_reachability double precision,
  linked_channel_id text,
  linked_channel_title text,
  search_phrase text,
  created_at timestamptz,
  updated_at timestamptz,
  country_rank bigint,
  category_rank bigint,
  avg_likes_grade text,
  group_avg_avg_likes double precision,
  avg_comments_grade text,
  group_avg_avg_comments double precision,
  comments_rate_grade text,
  group_avg_comments_rate double precision,
  followers_grade text,
  group_avg_followers double precision,
  engagement_rate_grade text,
  group_avg_engagement_rate double precision,
  reels_reach_grade text,
  group_avg_reels_reach double precision,
  image_reach_grade text,
  group_avg_image_reach double precision,
  story_reach_grade text,
  group_avg_story_reach double precision,
  reels_impressions_grade text,
  group_avg_reels_impressions double precision,
  image_impressions_grade text,
  group_avg_image_impressions double precision,
  likes_to_comment_ratio_grade text,
  group_avg_likes_to_comment_ratio double precision,
  followers_growth7d_grade text,
  group_avg_followers_growth7d double precision,
  followers_growth30d_grade text,
  group_avg_followers_growth30d double precision,
  followers_growth90d_grade text,
  group_avg_followers_growth90d double precision,
  audience_reachability_grade text,
  group_avg_audience_reachability double precision,
  audience_authencity_grade text,
  group_avg_audience_authencity double precision,
  post_count_grade text,
  group_avg_post_count double precision,
  likes_spread_grade text,
  group_avg_likes_spread double precision,
  avg_posts_per_week_grade text,
  group_avg_avg_posts_per_week double precision,
  constraint instagram_account_pkey primary key (id),
  constraint instagram_account_ig_id_key unique (ig_id)
);

alter sequence instagram_account_id_seq owned by instagram_account.id;

comment on table instagram_account is 'Instagram profiles of the search page; the id of a profile never changes';

create sequence if not exists youtube_account_id_seq;

create table if not exists youtube_account (
  id bigint not null default nextval('youtube_account_id_seq'),
  channel_id text not null,
  custom_url text,
  title text,
  description text,
  thumbnail text,
  category text,
  language text,
  country text,
  profile_type text,
  is_blacklisted boolean,
  subscribers bigint,
  follower_group text,
  uploads bigint,
  views bigint,
  video_count bigint,
  shorts_count bigint,
  avg_videos_per_week double precision,
  last_video_at timestamptz,
  top_video_shortcode text,
  avg_views double precision,
  avg_shorts_views double precision,
  avg_likes double precision,
  avg_comments double precision,
  views_spread double precision,
  engagement_rate double precision,
  followers_growth7d double precision,
  followers_growth30d double precision,
  followers_growth90d double precision,
  audience_gender jsonb,
  audience_age jsonb,
  audience_city jsonb,
  audience_language jsonb,
  linked_ig_id text,
  linked_ig_handle text,
  search_phrase text,
  created_at timestamptz,
  updated_at timestamptz,
  country_rank bigint,
  category_rank bigint,
  subscribers_grade text,
  group_avg_subscribers double precision,
  avg_views_grade text,
  group_avg_avg_views double precision,
  avg_likes_grade text,
  group_avg_avg_likes double precision,
  avg_comments_grade text,
  group_avg_avg_comments double precision,
  engagement_rate_grade text,
  group_avg_engagement_rate double precision,
  video_count_grade text,
  group_avg_video_count double precision,
  avg_videos_per_week_grade text,
  group_avg_avg_videos_per_week double precision,
  views_spread_grade text,
  group_avg_views_spread double precision,
  followers_growth7d_grade text,
  group_avg_followers_growth7d double precision,
  followers_growth30d_grade text,
  group_avg_followers_growth30d double precision,
  followers_growth90d_grade text,
  group_avg_followers_growth90d double precision,
  constraint youtube_account_pkey primary key (id),
  constraint youtube_account_channel_id_key unique (channel_id)
);

alter sequence youtube_account_id_seq owned by youtube_account.id;

comment on table youtube_account is 'YouTube channels of the search page; the id of a channel never changes';

create sequence if not exists leaderboard_id_seq;

create table if not exists leaderboard (
  id bigint not null default nextval('leaderboard_id_seq'),
  month date,
  language text,
  category text,
  platform text,
  profile_type text,
  handle text,
  followers bigint,
  engagement_rate double precision,
  avg_likes double precision,
  avg_comments double precision,
  avg_views double precision,
  avg_plays double precision,
  followers_rank bigint,
  followers_change_rank bigint,
  views_rank bigint,
  platform_id text,
  country text,
  views bigint,
  yt_views bigint,
  ia_views bigint,
  uploads bigint,
  prev_followers bigint,
  prev_views bigint,
  prev_plays bigint,
  followers_change bigint,
  likes bigint,
  comments bigint,
  plays bigint,
  engagement bigint,
  plays_rank bigint,
  profile_platform text,
  enabled boolean,
  last_month_ranks jsonb,
  current_month_ranks jsonb,
  platform_profile_id bigint,
  audience_gender jsonb,
  audience_age jsonb,
  search_phrase text
);

alter sequence leaderboard_id_seq owned by leaderboard.id;

comment on table leaderboard is 'Monthly ranks; platform_profile_id is the id of instagram_account or youtube_account';

-- The staging environment of the leaderboard; its accounts are those above.
create schema if not exists staging;
create sequence if not exists staging.leaderboard_id_seq;
create table if not exists staging.leaderboard (like leaderboard);
alter table staging.leaderboard alter column id set default nextval('staging.leaderboard_id_seq');
alter sequence staging.leaderboard_id_seq owned by staging.leaderboard.id;

create table if not exists time_series (
  date date not null,
  period text not null,
  platform text not null,
  platform_id text,
  followers bigint,
  following bigint,
  views bigint,
  measurements bigint not null,
  followers_change bigint
);

comment on table time_series is 'Weekly and monthly series; rows without platform_id are events that name no profile';

create table if not exists collection_post_metrics_summary (
  collection_id bigint primary key,
  name text not null,
  partner_id bigint not null,
  posts bigint not null,
  posts_measured bigint not null,
  profiles bigint not null,
  cost numeric(38, 2),
  likes bigint,
  comments bigint,
  plays bigint,
  reach bigint,
  engagement bigint,
  fake_likes bigint,
  cost_per_engagement double precision,
  cost_per_play double precision
);

create table if not exists collection_post (
  collection_id bigint not null,
  platform text not null,
  shortcode text not null,
  profile_id text,
  handle text,
  post_type text,
  publish_time timestamptz,
  hashtags text[] not null,
  cost numeric(18, 2),
  likes bigint,
  comments bigint,
  plays bigint,
  reach bigint,
  engagement bigint,
  fake_likes bigint not null,
  added_at timestamptz not null,
  primary key (collection_id, shortcode)
);

create table if not exists collection_post_ts (
  collection_id bigint not null,
  shortcode text not null,
  date date not null,
  likes bigint not null,
  comments bigint,
  plays bigint,
  fake_likes bigint not null,
  primary key (collection_id, shortcode, date)
);

create table if not exists trending_content (
  genre text not null,
  post_id bigint not null,
  shortcode text not null,
  profile_id text not null,
  handle text,
  post_type text not null,
  publish_time timestamptz not null,
  picture_url text,
  engagement bigint not null,
  usual_engagement double precision,
  lift double precision not null,
  trend_rank integer not null,
  primary key (genre, trend_rank)
);

create table if not exists genre_overview (
  genre text primary key,
  creators bigint not null,
  creators_on_both_platforms bigint not null,
  followers bigint not null,
  engagement_rate_quartiles double precision[] not null,
  growth_quartiles double precision[] not null,
  posts_30d bigint not null,
  engagement_30d bigint not null,
  reels_share double precision,
  sponsored_share double precision
);

create table if not exists post_hashtag (
  hashtag text not null,
  post_id bigint not null,
  shortcode text not null,
  profile_id text not null,
  category text not null,
  language text not null,
  publish_time timestamptz not null,
  engagement bigint not null,
  primary key (hashtag, post_id)
);

create table if not exists post_location (
  post_id bigint primary key,
  shortcode text not null,
  profile_id text not null,
  city text not null,
  state text,
  country text not null,
  tier smallint not null,
  latitude double precision not null,
  longitude double precision not null,
  publish_time timestamptz not null
);

create table if not exists linked_socials (
  ig_id text primary key,
  ig_handle text,
  channel_id text not null unique,
  channel_url text,
  channel_title text,
  linked_at timestamptz not null,
  instagram_account_id bigint,
  youtube_account_id bigint
);

comment on column linked_socials.instagram_account_id is 'id of instagram_account';
comment on column linked_socials.youtube_account_id is 'id of youtube_account';

create table if not exists audience (
  platform text not null,
  profile_id text not null,
  audience_gender jsonb not null,
  audience_age jsonb not null,
  audience_city jsonb not null,
  audience_language jsonb not null,
  audience_authencity double precision,
  audience_reachability double precision,
  updated_at timestamptz not null,
  primary key (platform, profile_id)
);

create table if not exists gcc_order (
  id bigint primary key,
  order_number text not null,
  partner_id bigint not null,
  partner_name text,
  campaign_id bigint,
  status text not null,
  currency text not null,
  items bigint not null,
  quantity bigint not null,
  creators bigint not null,
  gross_amount numeric(18, 2) not null,
  discount_amount numeric(18, 2) not null,
  tax_amount numeric(18, 2) not null,
  total_amount numeric(18, 2) not null,
  revenue numeric(18, 2) not null,
  placed_at timestamptz not null,
  updated_at timestamptz not null
);
